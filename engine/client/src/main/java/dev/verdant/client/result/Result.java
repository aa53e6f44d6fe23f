package dev.verdant.client.result;

import dev.verdant.protocol.codec.Status;

/** The answer to a request. */
public sealed interface Result
    permits AccountQueryResult,
        AccountResult,
        AccountsQueryResult,
        CommandResult,
        DigestResult,
        OrderQueryResult,
        OrderResult,
        PingResult,
        PoolsQueryResult,
        ReleaseResult,
        ScanResult,
        SequenceResult,
        SettlementResult,
        SnapshotProgressResult,
        TakeSnapshotResult,
        TrialBalanceResult {

  /** What became of the request. */
  Outcome outcome();

  /** The ledger's answer. */
  default Status status() {
    return outcome().status();
  }

  /** Whether the command is in force, or the query answered. */
  default boolean accepted() {
    return outcome().accepted();
  }

  /** Place of the command in the journal, or the last sequence that a query has seen. */
  default long sequence() {
    return outcome().sequence();
  }

  /** Whether the client had to send the request more than once. */
  default boolean resent() {
    return outcome().resent();
  }
}
