package dev.verdant.pipeline;

/** What the stages do with a slot. */
enum RequestKind {
  /** Nothing: claimed, but not filled. */
  NONE,
  /** Journal it, apply it to the ledger. */
  COMMAND,
  /** Ask the ledger. */
  QUERY,
  /** Open a view of the ledger for it, and have a reader thread answer it from that. */
  BULK_QUERY,
  /** Ask the {@link dev.verdant.pipeline.snapshot.DiskSnapshots}. */
  SNAPSHOT,
  /** The slot holds the reply itself, an error: send it in its place in the order. */
  REPLY,
  /** The slot holds a HelloReply that lacks the ledger's sequence and time. */
  HELLO_REPLY,
  /** The slot holds a Pong that lacks the ledger's sequence. */
  PONG
}
