package dev.verdant.pipeline;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits longer than any machine should need; a test that holds never waits so long. */
public final class Patience {
  public static final Duration DEADLINE = Duration.ofSeconds(60);

  /** Waits for what is described. */
  public static ConditionFactory await(String description) {
    return Awaitility.await(description).atMost(DEADLINE);
  }

  private Patience() {}
}
