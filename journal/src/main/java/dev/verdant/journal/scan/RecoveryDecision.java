package dev.verdant.journal.scan;

import dev.verdant.journal.log.Acknowledged;

/**
 * What is done with what has been found in a data directory. First the snapshot is chosen:
 *
 * <pre>
 *   snapshots                                     | the replay starts from
 *   ----------------------------------------------+---------------------------------
 *   the newest is good, of this ledger and of     | it
 *     this journal                                |
 *   it is damaged, of another version, ledger or  | the newest that is good; the report names
 *     journal, or a file of it is missing         |   those passed over
 *   none is there, or none is good                | the first command
 *   an unfinished one is there                    | as if it were not; it is deleted
 * </pre>
 *
 * <p>One that was passed over and is newer than the last command found is given another name before
 * the start goes on. Otherwise it would come back with the first start that can read it, and the
 * commands taken since would be lost.
 *
 * <p>Then the journal behind it is read, and the rows are:
 *
 * <pre>
 *   journal ends | acknowledged: absent | unreadable | within it   | held by the | beyond both
 *                |                      |            |             | snapshot    |
 *   -------------+----------------------+------------+-------------+-------------+------------
 *   NOTHING      | START_FRESH          | REFUSE     | START_FRESH | REFUSE      | REFUSE
 *   CLEAN        | CONTINUE             | CONTINUE   | CONTINUE    | REFUSE      | REFUSE
 *   SHORT        | REFUSE               | REFUSE     | CONTINUE    | CONTINUE    | REFUSE
 *   TORN         | REFUSE               | REFUSE     | CUT_TAIL    | CONTINUE    | REFUSE
 *   BROKEN       | REFUSE               | REFUSE     | REFUSE      | REFUSE      | REFUSE
 * </pre>
 *
 * <p>A journal that no longer reaches back to the snapshot, or without one to the first command, is
 * BROKEN at the sequence that is missing: an older snapshot is used only where every command since
 * is there. SHORT, a snapshot that is newer than the journal, is what loss of power leaves of
 * commands that were written and not forced: the snapshot is forced as a whole. Going on from it
 * loses nothing that the record of acknowledgements knows of; where that record is missing, too,
 * the snapshot is proof that the journal is not whole, and nothing tells how much more it held.
 * What the snapshot holds is never cut from the journal's files, however damaged: a new file begins
 * behind it, and the old ones go when no kept snapshot needs them. A start may be killed before
 * that file has its first batch: files without a batch behind the others count for nothing, or the
 * torn one would look like a damaged one then.
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
    /** Only zeros follow the last batch, if there is any, and the snapshot holds later commands. */
    SHORT,
    /**
     * In the last file that holds a batch, or in a later one, something follows that can come from
     * a write that broke off.
     */
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
    /** Acknowledged commands are missing in the journal; the snapshot holds them. */
    HELD,
    /** Acknowledged commands are missing. */
    BEYOND;

    static Promise of(Acknowledged acknowledged, long journalSequence, long snapshotSequence) {
      return switch (acknowledged.state()) {
        case ABSENT -> ABSENT;
        case UNREADABLE -> UNREADABLE;
        case KNOWN -> {
          if (acknowledged.sequence() <= journalSequence) {
            yield WITHIN;
          }
          yield acknowledged.sequence() <= snapshotSequence ? HELD : BEYOND;
        }
      };
    }
  }

  static RecoveryDecision of(Ending ending, Promise promise) {
    return switch (ending) {
      case NOTHING -> promise == Promise.ABSENT || promise == Promise.WITHIN ? START_FRESH : REFUSE;
      case CLEAN -> promise == Promise.BEYOND || promise == Promise.HELD ? REFUSE : CONTINUE;
      case SHORT -> promise == Promise.WITHIN || promise == Promise.HELD ? CONTINUE : REFUSE;
      case TORN ->
          switch (promise) {
            case WITHIN -> CUT_TAIL;
            case HELD -> CONTINUE;
            default -> REFUSE;
          };
      case BROKEN -> REFUSE;
    };
  }
}
