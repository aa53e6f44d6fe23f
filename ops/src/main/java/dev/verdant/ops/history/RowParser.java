package dev.verdant.ops.history;

import dev.verdant.ops.history.UnusableRowException.Reason;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.protocol.Limits;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/** Records of one file to rows, by the positions of the mapped columns in its header. */
final class RowParser {
  /** What bytes that are not UTF-8 are read as. */
  private static final char REPLACEMENT = '\uFFFD';

  /** Java by itself takes the digits of every language. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");

  private final Map<HistoryField, Integer> positions = new EnumMap<>(HistoryField.class);

  /**
   * @param header the names of the columns, in their order.
   * @throws CommandFailure if a column is not there, or twice; only that of {@code refund_of} may
   *     be missing.
   */
  RowParser(String file, List<String> header, ColumnMapping mapping) {
    for (HistoryField field : HistoryField.values()) {
      String column = mapping.column(field);
      int position = header.indexOf(column);
      if (position != header.lastIndexOf(column)) {
        throw CommandFailure.failed(
            file + " has more than one column " + column + "; columns are " + header);
      }
      if (position >= 0) {
        positions.put(field, position);
      } else if (field != HistoryField.REFUND_OF) {
        throw CommandFailure.failed(file + " has no column " + column + "; columns are " + header);
      }
    }
  }

  HistoryRow parse(CSVRecord record) throws UnusableRowException {
    for (HistoryField field : positions.keySet()) {
      if (value(record, field).indexOf(REPLACEMENT) >= 0) {
        throw new UnusableRowException(Reason.NOT_UTF_8, field.key() + " is not UTF-8");
      }
    }
    String kind = required(record, HistoryField.KIND);
    String orderId = required(record, HistoryField.ORDER_ID);
    long timeMillis = timeMillis(required(record, HistoryField.TIMESTAMP));
    String consumer = required(record, HistoryField.CONSUMER_ID);
    String merchant = required(record, HistoryField.MERCHANT_ID);
    long amountFen = amount(required(record, HistoryField.AMOUNT_MINOR_UNITS));
    String refundOf =
        switch (kind) {
          case "order" -> null;
          case "refund" -> refundOf(record);
          default -> throw new UnusableRowException(Reason.UNKNOWN_KIND, "kind is " + kind);
        };
    return new HistoryRow(
        record.getRecordNumber(), orderId, timeMillis, consumer, merchant, amountFen, refundOf);
  }

  /** The source's id of a record, for messages; empty where it has none. */
  String orderId(CSVRecord record) {
    return value(record, HistoryField.ORDER_ID);
  }

  private String refundOf(CSVRecord record) throws UnusableRowException {
    String order = value(record, HistoryField.REFUND_OF);
    if (order.isEmpty()) {
      throw new UnusableRowException(Reason.MISSING_REFUND_OF, "the refund names no order");
    }
    return order;
  }

  private String required(CSVRecord record, HistoryField field) throws UnusableRowException {
    String value = value(record, field);
    if (value.isEmpty()) {
      throw new UnusableRowException(Reason.MISSING_VALUE, field.key() + " is empty");
    }
    return value;
  }

  private String value(CSVRecord record, HistoryField field) {
    Integer position = positions.get(field);
    return position == null || position >= record.size() ? "" : record.get(position).trim();
  }

  private static long timeMillis(String text) throws UnusableRowException {
    try {
      long timeMillis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
      if (timeMillis >= Limits.MIN_TIME_MILLIS && timeMillis <= Limits.MAX_TIME_MILLIS) {
        return timeMillis;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Answered like a time out of range.
    }
    throw new UnusableRowException(Reason.BAD_TIMESTAMP, "timestamp is " + text);
  }

  private static long amount(String text) throws UnusableRowException {
    try {
      if (NUMBER.matcher(text).matches()) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException e) {
      // Answered like what is no number.
    }
    throw new UnusableRowException(Reason.BAD_AMOUNT, "amount is " + text);
  }
}
