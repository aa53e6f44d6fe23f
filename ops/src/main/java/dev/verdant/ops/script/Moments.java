package dev.verdant.ops.script;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verdant.protocol.Limits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;

/** Times and business days as scripts write them. */
final class Moments {
  private static final long MIN_DAY = TimeUnit.MILLISECONDS.toDays(Limits.MIN_TIME_MILLIS);
  private static final long MAX_DAY = TimeUnit.MILLISECONDS.toDays(Limits.MAX_TIME_MILLIS);

  /** Milliseconds since the epoch, given as such or in ISO-8601 with an offset. */
  static long timeMillis(Fields fields, String name) throws MalformedException {
    JsonNode node = fields.required(name);
    if (!node.isTextual()) {
      return checked(fields.int64(name), name);
    }
    Instant instant;
    try {
      instant = OffsetDateTime.parse(node.textValue()).toInstant();
    } catch (DateTimeException e) {
      throw fields.wrongType(name, "milliseconds or ISO-8601 with an offset", node);
    }
    try {
      return checked(instant.toEpochMilli(), name);
    } catch (ArithmeticException e) {
      throw outOfRange(name);
    }
  }

  /** A business day in days since the epoch, given as an ISO date. */
  static int businessDay(Fields fields, String name) throws MalformedException {
    String text = fields.text(name);
    long day;
    try {
      day = LocalDate.parse(text).toEpochDay();
    } catch (DateTimeException e) {
      throw fields.wrongType(name, "a date as 2025-02-01", fields.required(name));
    }
    if (day < MIN_DAY || day > MAX_DAY) {
      throw outOfRange(name);
    }
    return (int) day;
  }

  private static long checked(long timeMillis, String name) throws MalformedException {
    if (timeMillis < Limits.MIN_TIME_MILLIS || timeMillis > Limits.MAX_TIME_MILLIS) {
      throw outOfRange(name);
    }
    return timeMillis;
  }

  private static MalformedException outOfRange(String name) {
    return new MalformedException(name + " is not within the years 1 to 9999");
  }

  private Moments() {}
}
