package dev.verdant.journal.log;

/** What every record of a journal must pass, in the order in which it is looked at. */
public enum Check {
  /** The file can be read. */
  READABLE("the file can be read", false),
  /** Chronicle's length word gives a document that fits the file and may be a batch. */
  LENGTH("the length word gives a batch that fits the file", true),
  /** The document had been finished. */
  FINISHED("the batch had been finished", true),
  /** Nothing but zeros follows the last document. */
  END("only zeros follow the last batch", true),
  /** The checksum over header and commands. */
  CHECKSUM("the checksum of header and commands", true),
  /** The header is of a schema and version that this program knows. */
  SCHEMA("the schema and version of the header", false),
  /** The header's length is that of the document, the count that of the commands. */
  COMMANDS("the commands fill the batch", false),
  /** The first sequence is one more than the last. */
  SEQUENCE("the sequence has no gap and no repetition", false),
  /** The batch names the checksum of the one before. */
  CHAIN("the chain of checksums", false),
  /** The batch that a snapshot names is the one that the journal holds. */
  SNAPSHOT("the batch that the snapshot names", false),
  /** What a snapshot holds is not later than the snapshot. */
  SNAPSHOT_TIME("nothing that the snapshot holds is later than it", false),
  /** Everything acknowledged is there. */
  ACKNOWLEDGED("everything acknowledged is there", false),
  /** The batch acknowledged last is the one that the watermark names. */
  ACKNOWLEDGED_CHECKSUM("the batch acknowledged last is the one recorded", false),
  /** The record of acknowledgements is there and can be read. */
  WATERMARK("the record of acknowledgements can be read", false);

  private final String description;
  private final boolean tornTailPossible;

  Check(String description, boolean tornTailPossible) {
    this.description = description;
    this.tornTailPossible = tornTailPossible;
  }

  /** What has to hold, for people. */
  public String description() {
    return description;
  }

  /**
   * Whether a batch whose writing broke off can fail here. Others fail only by damage: a batch with
   * a right checksum had been written to its end.
   */
  public boolean tornTailPossible() {
    return tornTailPossible;
  }
}
