package dev.verdant.client.result;

import dev.verdant.protocol.codec.Status;

/**
 * What became of a request.
 *
 * @param status the ledger's answer; {@code SBE_UNKNOWN} where the server is newer and its code is
 *     not known here. A {@code DUPLICATE} that this client caused itself, by sending again after a
 *     broken connection, reads {@code OK}.
 * @param sequence place of the command in the journal, or the last sequence that a query has seen;
 *     0 where the request was not journaled.
 * @param resent whether the client had to send it more than once.
 * @param detail for people, empty where the status says it all.
 */
public record Outcome(Status status, long sequence, boolean resent, String detail) {
  /** Whether the command is in force, or the query answered. */
  public boolean accepted() {
    return status == Status.OK;
  }
}
