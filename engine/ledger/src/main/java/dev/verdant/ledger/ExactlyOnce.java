package dev.verdant.ledger;

import dev.verdant.protocol.codec.Status;

/**
 * Exactly once (rulebook section 9): a transaction id is remembered with its content and its
 * answer, accepted or rejected, for the program's window.
 */
final class ExactlyOnce {
  private static final Status[] STATUS_BY_CODE = statusByCode();

  private final LedgerState state;

  /** Content of the command at hand, set by whoever decodes it. */
  final Content content = new Content();

  ExactlyOnce(LedgerState state) {
    this.state = state;
  }

  /**
   * The first two checks of every transaction.
   *
   * @return OK if the id is new, else what the command is answered: INVALID_ID, DUPLICATE, the same
   *     rejection as before, or ID_CONFLICT.
   */
  Status check(long idLow, long idHigh) {
    if ((idLow | idHigh) == 0) {
      return Status.INVALID_ID;
    }
    final int slot = state.transactions.find(idLow, idHigh);
    if (slot == 0) {
      return Status.OK;
    }
    final long record = state.transactions.read(slot);
    if (!content.matches(record, state.accounts)) {
      return Status.ID_CONFLICT;
    }
    final Status before = STATUS_BY_CODE[Transactions.status(record)];
    return before == Status.OK ? Status.DUPLICATE : before;
  }

  /**
   * Remembers the command at hand, whose id {@link #check} has found to be new, with its answer;
   * not if it is wrong in itself.
   */
  void remember(long idLow, long idHigh, Status status) {
    if (status != Status.INVALID_AMOUNT) {
      content.store(state.transactions.add(idLow, idHigh, state.day, content.kind, status));
    }
  }

  /** The status with this code, 0 to 126; null if none has it. */
  static Status statusOf(int code) {
    return STATUS_BY_CODE[code];
  }

  private static Status[] statusByCode() {
    final Status[] byCode = new Status[Byte.MAX_VALUE];
    for (final Status status : Status.values()) {
      if (status.value() < byCode.length) {
        byCode[status.value()] = status;
      }
    }
    return byCode;
  }
}
