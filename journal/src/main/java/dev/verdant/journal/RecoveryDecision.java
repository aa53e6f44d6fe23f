package dev.verdant.journal;

/**
 * What is done with what has been found in a data directory. The rows:
 *
 * <pre>
 *   journal ends | acknowledged: absent | unreadable | within it | beyond it
 *   -------------+----------------------+------------+-----------+----------
 *   NOTHING      | START_FRESH          | REFUSE     | START_FRESH | REFUSE
 *   CLEAN        | CONTINUE             | CONTINUE   | CONTINUE    | REFUSE
 *   TORN         | REFUSE               | REFUSE     | CUT_TAIL    | REFUSE
 *   BROKEN       | REFUSE               | REFUSE     | REFUSE      | REFUSE
 * </pre>
 */
public enum RecoveryDecision {
  /** A ledger without a command. */
  START_FRESH,
  /** Go on after the last batch. */
  CONTINUE,
  /** Remove the remains of batches that nobody was promised, then go on. */
  CUT_TAIL,
  /** Change nothing, name the damage, do not start. */
  REFUSE;

  /** How the journal's files end. */
  enum Ending {
    /** There is no batch and no remains of one. */
    NOTHING,
    /** Only zeros follow the last batch. */
    CLEAN,
    /** In the last file something follows that can come from a write that broke off. */
    TORN,
    /** Something is wrong that no broken write explains. */
    BROKEN
  }

  /** How far acknowledgements had gone. */
  enum Promise {
    /** No record of it: it is made before the first batch. */
    ABSENT,
    /** There is a record, and it is damaged. */
    UNREADABLE,
    /** All acknowledged commands were found. */
    WITHIN,
    /** Acknowledged commands are missing. */
    BEYOND;

    static Promise of(Acknowledged acknowledged, long lastSequence) {
      return switch (acknowledged.state()) {
        case ABSENT -> ABSENT;
        case UNREADABLE -> UNREADABLE;
        case KNOWN -> acknowledged.sequence() <= lastSequence ? WITHIN : BEYOND;
      };
    }
  }

  static RecoveryDecision of(Ending ending, Promise promise) {
    return switch (ending) {
      case NOTHING -> promise == Promise.ABSENT || promise == Promise.WITHIN ? START_FRESH : REFUSE;
      case CLEAN -> promise == Promise.BEYOND ? REFUSE : CONTINUE;
      case TORN -> promise == Promise.WITHIN ? CUT_TAIL : REFUSE;
      case BROKEN -> REFUSE;
    };
  }
}
