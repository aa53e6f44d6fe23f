package dev.verdant.ops.history;

/**
 * How an import reads a history.
 *
 * @param mapping which column holds which field.
 * @param concessionBps of merchants opened by the import, in basis points.
 */
public record ImportOptions(ColumnMapping mapping, int concessionBps) {
  /** The usual concession, in basis points. */
  public static final int DEFAULT_CONCESSION_BPS = 1_500;
}
