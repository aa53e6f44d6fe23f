package dev.verdant.bench.limit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * For how long the processors of a virtual machine had something to do and the host ran something
 * else: what neighbours take from a figure. Linux counts it, where its host tells.
 */
public final class StolenTime {
  private static final Path STAT = Path.of("/proc/stat");

  /** Of the line of all processors: its name, then seven other times (proc(5)). */
  private static final int STOLEN_FIELD = 8;

  /** USER_HZ, what proc(5) counts in. */
  private static final double TICKS_PER_SECOND = 100;

  private StolenTime() {}

  /**
   * Seconds since the machine's start, of all its processors together, in steps of a hundredth;
   * empty where the system does not tell.
   */
  public static OptionalDouble seconds() {
    try {
      return seconds(Files.readString(STAT));
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  static OptionalDouble seconds(String stat) {
    final String[] fields = stat.lines().findFirst().orElse("").split("\\s+", -1);
    return fields.length > STOLEN_FIELD
        ? OptionalDouble.of(Long.parseLong(fields[STOLEN_FIELD]) / TICKS_PER_SECOND)
        : OptionalDouble.empty();
  }
}
