package dev.verdant.ledger.model;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** The double-entry books, rulebook section 10, signs as printed. */
final class Books {
  static final String CNY = "CNY";
  static final String POINTS = "POINTS";
  static final String COUPON = "COUPON";
  static final String COIN = "COIN";

  private final Map<String, Map<String, Cell>> cells = new TreeMap<>();
  private final Map<String, BigInteger> sums = new TreeMap<>();
  private final Changes changes;

  Books(Changes changes) {
    this.changes = changes;
  }

  void begin() {
    sums.clear();
  }

  void post(String asset, String account, BigInteger amount) {
    cells
        .computeIfAbsent(asset, ignored -> new TreeMap<>())
        .computeIfAbsent(account, ignored -> new Cell())
        .add(amount, changes);
    sums.merge(asset, amount, BigInteger::add);
  }

  /** The postings of every command sum to zero in each asset. */
  void requireBalanced(Command command) {
    sums.forEach(
        (asset, sum) -> {
          if (sum.signum() != 0) {
            throw new AssertionError(asset + " postings sum to " + sum + ": " + command);
          }
        });
  }

  Map<String, Map<String, Long>> trialBalance() {
    Map<String, Map<String, Long>> view = new TreeMap<>();
    cells.forEach(
        (asset, accounts) -> {
          Map<String, Long> amounts = new TreeMap<>();
          accounts.forEach((name, cell) -> amounts.put(name, cell.value().longValueExact()));
          view.put(asset, amounts);
        });
    return view;
  }
}
