package dev.verdant.pipeline;

import dev.verdant.ledger.Ledger;
import java.time.Duration;
import org.agrona.concurrent.NanoClock;

/** Engines of which a test wants nothing special. */
public final class TestEngines {
  /** Launches one whose journal is in memory; the caller closes it before the ledger. */
  public static Engine launch(Ledger ledger) {
    return launch(ledger, new MemoryJournal());
  }

  /** Launches one; the caller closes it before the ledger. */
  public static Engine launch(Ledger ledger, Journal journal) {
    return Engine.launch(
        new EngineContext()
            .ledger(ledger)
            .journal(journal)
            .failureListener(Throwable::printStackTrace));
  }

  /**
   * Launches one whose readers a test can hold up or let fail, by the clock that they look at.
   *
   * @param viewIdle after which a view that nobody goes on with is closed.
   */
  static Engine launch(Ledger ledger, Duration viewIdle, NanoClock nanoClock) {
    return Engine.launch(
        new EngineContext()
            .ledger(ledger)
            .journal(new MemoryJournal())
            .viewIdleTimeout(viewIdle)
            .nanoClock(nanoClock)
            .failureListener(Throwable::printStackTrace));
  }

  private TestEngines() {}
}
