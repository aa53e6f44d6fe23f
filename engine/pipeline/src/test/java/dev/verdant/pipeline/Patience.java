package dev.verdant.pipeline;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits longer than any machine should need; a test that holds never waits so long. */
public final class Patience {
  public static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(2);

  /** Waits for what is described. */
  public static ConditionFactory await(String description) {
    return Awaitility.await(description)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .atMost(DEADLINE);
  }

  /** Waits until every thread of Verdant's has ended: one that closes an engine ends last. */
  public static void awaitEndOfThreads() {
    await("no thread of Verdant's runs any more")
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("verdant")));
  }

  private Patience() {}
}
