package dev.verdant.ops.output;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * JSON objects, one a line. Buffered: what is written is out after {@link #flush}.
 *
 * <p>Not thread-safe.
 */
public final class JsonLines implements Closeable, Flushable {
  private static final JsonFactory FACTORY = new ObjectMapper().getFactory();

  private final JsonGenerator generator;
  private boolean unflushed;

  /**
   * @param out takes the lines; closed with this.
   */
  public JsonLines(OutputStream out) throws IOException {
    generator = FACTORY.createGenerator(out, JsonEncoding.UTF8);
    generator.setPrettyPrinter(new MinimalPrettyPrinter(""));
  }

  /** Lines on standard output, without the encoding and locking of {@code System.out}. */
  @SuppressWarnings("resource") // the descriptor is the process's
  public static JsonLines onStandardOutput() throws IOException {
    JsonLines lines = new JsonLines(new FileOutputStream(FileDescriptor.out));
    lines.generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    return lines;
  }

  /** Lines in a file, which is made anew. */
  public static JsonLines inFile(Path file) throws IOException {
    return new JsonLines(Files.newOutputStream(file));
  }

  /** Begins an object. */
  public JsonLines begin() throws IOException {
    generator.writeStartObject();
    unflushed = true;
    return this;
  }

  /** Begins an object within the current one. */
  public JsonLines begin(String name) throws IOException {
    generator.writeObjectFieldStart(name);
    return this;
  }

  /** Adds a number. */
  public JsonLines number(String name, long value) throws IOException {
    generator.writeNumberField(name, value);
    return this;
  }

  /** Adds a 64-bit id, which is unsigned. */
  public JsonLines id(String name, long id) throws IOException {
    return number(name, Long.toUnsignedString(id));
  }

  /** Adds a number given by its digits. */
  public JsonLines number(String name, String digits) throws IOException {
    generator.writeFieldName(name);
    generator.writeNumber(digits);
    return this;
  }

  /** Adds a text. */
  public JsonLines text(String name, String value) throws IOException {
    generator.writeStringField(name, value);
    return this;
  }

  /** Adds a truth value. */
  public JsonLines flag(String name, boolean value) throws IOException {
    generator.writeBooleanField(name, value);
    return this;
  }

  /** Adds a value that is JSON already. */
  public JsonLines json(String name, String value) throws IOException {
    generator.writeFieldName(name);
    generator.writeRawValue(value);
    return this;
  }

  /** Adds any value of maps, lists, texts and numbers. */
  public JsonLines value(String name, Object value) throws IOException {
    generator.writeFieldName(name);
    generator.writePOJO(value);
    return this;
  }

  /** Ends an object within another. */
  public JsonLines endInner() throws IOException {
    generator.writeEndObject();
    return this;
  }

  /** Ends an object and its line. */
  public void end() throws IOException {
    generator.writeEndObject();
    generator.writeRaw('\n');
  }

  @Override
  public void flush() throws IOException {
    if (unflushed) {
      unflushed = false;
      generator.flush();
    }
  }

  @Override
  public void close() throws IOException {
    generator.close();
  }
}
