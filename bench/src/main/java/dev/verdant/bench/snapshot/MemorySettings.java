package dev.verdant.bench.snapshot;

import dev.verdant.memory.Memory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How large a ledger is to be measured. Set what differs, then {@link #conclude()}; not to be
 * changed afterwards. Not thread-safe.
 */
public final class MemorySettings {
  private static final int FULL_MEMBERS = 21_000_000;
  private static final int FULL_LOTS = 8;
  private static final int FULL_TRANSACTIONS = 10_000_000;
  private static final int QUICK_MEMBERS = 20_000;
  private static final int QUICK_TRANSACTIONS = 10_000;

  private int members = FULL_MEMBERS;
  private int lots = FULL_LOTS;
  private int transactions = FULL_TRANSACTIONS;
  private int rate = 5_000;
  private long boundBytes = Memory.DEFAULT_CUT_LIMIT_BYTES;
  private Path directory;
  private Consumer<String> progress = line -> {};

  /** Small sizes: shows that everything works. */
  public MemorySettings quick() {
    return members(QUICK_MEMBERS).transactions(QUICK_TRANSACTIONS);
  }

  /** Members, at least 1; 21 million by default. */
  public MemorySettings members(int members) {
    this.members = members;
    return this;
  }

  int members() {
    return members;
  }

  /** Lots of each member, at least 1; 8 by default. */
  public MemorySettings lots(int lots) {
    this.lots = lots;
    return this;
  }

  int lots() {
    return lots;
  }

  /** Transactions that are remembered, at least 1; 10 million by default. */
  public MemorySettings transactions(int transactions) {
    this.transactions = transactions;
    return this;
  }

  int transactions() {
    return transactions;
  }

  /** Orders a second while the snapshot is written, at least 1; 5,000 by default. */
  public MemorySettings rate(int ordersPerSecond) {
    rate = ordersPerSecond;
    return this;
  }

  int rate() {
    return rate;
  }

  /** Bytes that the snapshot may keep; the ledger's default unless told otherwise. */
  public MemorySettings boundBytes(long bytes) {
    boundBytes = bytes;
    return this;
  }

  long boundBytes() {
    return boundBytes;
  }

  /** Where the snapshot goes for the time of the run; required. */
  public MemorySettings directory(Path directory) {
    this.directory = directory;
    return this;
  }

  Path directory() {
    return directory;
  }

  /** Told what is being done, a line at a time. */
  public MemorySettings progress(Consumer<String> listener) {
    progress = listener;
    return this;
  }

  void say(String format, Object... values) {
    progress.accept(String.format(Locale.ROOT, format, values));
  }

  /** Whether the bars may be judged: they are meant for this size or more. */
  boolean isFullSize() {
    return members >= FULL_MEMBERS && lots >= FULL_LOTS && transactions >= FULL_TRANSACTIONS;
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming the setting that does not fit, with its value.
   */
  public MemorySettings conclude() {
    check(members >= 1, "members", members);
    check(lots >= 1, "lots", lots);
    check(transactions >= 1, "transactions", transactions);
    check(rate >= 1, "rate", rate);
    check(boundBytes >= 0, "bound", boundBytes);
    if (directory == null) {
      throw new IllegalArgumentException("a directory is needed");
    }
    return this;
  }

  private static void check(boolean holds, String what, long value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " cannot be " + value);
    }
  }
}
