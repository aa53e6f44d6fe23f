package dev.verdant.ops.cli;

import dev.verdant.client.request.View;
import dev.verdant.ops.session.CommandFailure;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Option;

/** From which view of the ledger a command reads, and how it tells which it was. */
final class ViewAge {
  @Option(
      names = "--max-age",
      paramLabel = "MILLIS",
      description =
          "Takes a view that another reader has open, if it was the newest state at most so many"
              + " milliseconds ago; by default the view holds all that was answered before.")
  private Long maxAgeMillis;

  /** Whether it is told how old the view may be. */
  boolean isGiven() {
    return maxAgeMillis != null;
  }

  /**
   * Looks at the option.
   *
   * @throws CommandFailure if it is negative.
   */
  void check() {
    if (isGiven() && maxAgeMillis < 0) {
      throw CommandFailure.usage("--max-age is 0 or more, not " + maxAgeMillis);
    }
  }

  /** The view to read. */
  View view() {
    return View.notOlderThan(Duration.ofMillis(isGiven() ? maxAgeMillis : 0));
  }

  /** Tells on standard error what the results were read from. */
  static void tell(long sequence, long ageMillis) {
    System.err.printf(Locale.ROOT, "as of sequence %d, %d ms ago%n", sequence, ageMillis);
  }
}
