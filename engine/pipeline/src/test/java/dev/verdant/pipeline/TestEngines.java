package dev.verdant.pipeline;

import dev.verdant.ledger.Ledger;

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

  private TestEngines() {}
}
