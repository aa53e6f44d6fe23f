package dev.verdant.bench.snapshot;

import dev.verdant.memory.Memory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How large a ledger in process is, how fast its orders come, what its snapshots may keep: what the
 * measurements of snapshots and of memory both must be told. Not thread-safe.
 *
 * @param <S> the settings themselves.
 */
public abstract class SizeSettings<S extends SizeSettings<S>> {
  private int members;
  private int lots;
  private int rate;
  private long boundBytes = Memory.DEFAULT_CUT_LIMIT_BYTES;
  private Path directory;
  private Consumer<String> progress = line -> {};

  SizeSettings(int members, int lots, int rate) {
    this.members = members;
    this.lots = lots;
    this.rate = rate;
  }

  abstract S self();

  /** Small sizes: shows that everything works, and says nothing about speed or memory. */
  public abstract S quick();

  /** Members that buy, at least 1. */
  public final S members(int members) {
    this.members = members;
    return self();
  }

  /** Members that buy. */
  public final int members() {
    return members;
  }

  /** Lots that every member has before the first order, 0 or more. */
  public final S lots(int lots) {
    this.lots = lots;
    return self();
  }

  /** Lots that every member has before the first order. */
  public final int lots() {
    return lots;
  }

  /** Orders a second, at least 1. */
  public final S rate(int ordersPerSecond) {
    rate = ordersPerSecond;
    return self();
  }

  /** Orders a second. */
  public final int rate() {
    return rate;
  }

  /** Bytes that snapshots may keep; the ledger's default unless told otherwise. */
  public final S boundBytes(long bytes) {
    boundBytes = bytes;
    return self();
  }

  /** Bytes that snapshots may keep. */
  public final long boundBytes() {
    return boundBytes;
  }

  /** Where snapshots and journals go for the time of the run; required. */
  public final S directory(Path directory) {
    this.directory = directory;
    return self();
  }

  final Path directory() {
    return directory;
  }

  /** Told what is being done, a line at a time. */
  public final S progress(Consumer<String> listener) {
    progress = listener;
    return self();
  }

  final void say(String format, Object... values) {
    progress.accept(String.format(Locale.ROOT, format, values));
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming the setting that does not fit, with its value.
   */
  public S conclude() {
    check(members >= 1, "members", members);
    check(lots >= 0, "lots", lots);
    check(rate >= 1, "rate", rate);
    check(boundBytes >= 0, "bound", boundBytes);
    if (directory == null) {
      throw new IllegalArgumentException("a directory is needed");
    }
    return self();
  }

  static void check(boolean holds, String what, long value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " cannot be " + value);
    }
  }
}
