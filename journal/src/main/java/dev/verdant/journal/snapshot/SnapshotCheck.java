package dev.verdant.journal.snapshot;

/** What a snapshot must pass before a start uses it. */
public enum SnapshotCheck {
  /** All its files are there and can be read. */
  READABLE("the file is there and can be read"),
  /** The manifest has the length and checksum that it says. */
  MANIFEST("the length and checksum of the manifest"),
  /** Format and layout of the state are those that this program knows. */
  VERSION("the version of format and state"),
  /** A part has the length that the manifest says. */
  LENGTH("the length of the part"),
  /** A chunk of a part has the checksum that the manifest says. */
  CHECKSUM("the checksum of the chunk"),
  /** The parts fit each other and the manifest. */
  STATE("the parts make a state"),
  /** Its ledger is the one of the data directory. */
  LEDGER("the snapshot is of this ledger"),
  /** The journal holds the batch that the manifest names. */
  JOURNAL("the snapshot is of this journal");

  private final String description;

  SnapshotCheck(String description) {
    this.description = description;
  }

  /** What has to hold, for people. */
  public String description() {
    return description;
  }
}
