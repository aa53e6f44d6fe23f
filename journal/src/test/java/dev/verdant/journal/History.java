package dev.verdant.journal;

import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.view.DigestView;
import java.util.ArrayList;
import java.util.List;

/** The digests of a ledger that has never stopped, each computed once. */
final class History implements AutoCloseable {
  private final Trader trader = new Trader();
  private final Ledger ledger = new Ledger();
  private final List<DigestView> digests = new ArrayList<>();

  /** The digest after the command of this sequence; 0 for that of an empty ledger. */
  DigestView digestAt(long sequence) {
    while (digests.size() <= sequence) {
      trader.apply(ledger, digests.isEmpty() ? 0 : 1);
      digests.add(Trader.digest(ledger));
    }
    return digests.get((int) sequence);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
