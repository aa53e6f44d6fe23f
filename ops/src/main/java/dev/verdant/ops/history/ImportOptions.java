package dev.verdant.ops.history;

/**
 * How an import reads a history.
 *
 * @param mapping which column holds which field.
 * @param concessionBps of merchants opened by the import, in basis points.
 * @param businessOffsetMinutes of the program, which tells when a business day begins.
 * @param orderWindowDays of the program, for which the ledger remembers ids.
 */
public record ImportOptions(
    ColumnMapping mapping, int concessionBps, int businessOffsetMinutes, int orderWindowDays) {
  /** The usual concession, in basis points. */
  public static final int DEFAULT_CONCESSION_BPS = 1_500;

  /** The program's default: +08:00. */
  public static final int DEFAULT_BUSINESS_OFFSET_MINUTES = 480;

  /** The program's default. */
  public static final int DEFAULT_ORDER_WINDOW_DAYS = 90;
}
