package dev.verdant.ops.history;

import dev.verdant.ops.session.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Which column holds which field. */
public final class ColumnMapping {
  private final Map<HistoryField, String> columns = new EnumMap<>(HistoryField.class);

  private ColumnMapping() {
    for (HistoryField field : HistoryField.values()) {
      columns.put(field, field.key());
    }
  }

  /** Every column has the name of its field. */
  public static ColumnMapping byDefault() {
    return new ColumnMapping();
  }

  /**
   * Reads a map file: properties {@code field=column}; fields that it leaves out keep their name.
   *
   * @throws CommandFailure if it names a field that there is not.
   * @throws IOException if it cannot be read.
   */
  public static ColumnMapping read(Path file) throws IOException {
    Properties properties = new Properties();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(file + ": " + e.getMessage());
    } catch (CharacterCodingException e) {
      throw CommandFailure.usage(file + " is not UTF-8");
    }
    ColumnMapping mapping = new ColumnMapping();
    for (String key : properties.stringPropertyNames()) {
      mapping.columns.put(
          field(key)
              .orElseThrow(
                  () ->
                      CommandFailure.usage(
                          file
                              + ": no field "
                              + key
                              + "; fields are "
                              + Arrays.stream(HistoryField.values())
                                  .map(HistoryField::key)
                                  .toList())),
          properties.getProperty(key).trim());
    }
    return mapping;
  }

  /** The column that holds a field. */
  String column(HistoryField field) {
    return columns.get(field);
  }

  private static Optional<HistoryField> field(String key) {
    return Arrays.stream(HistoryField.values()).filter(field -> field.key().equals(key)).findAny();
  }
}
