package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.Ground;
import java.io.IOException;
import java.util.SplittableRandom;

/** One kind of fault. */
@FunctionalInterface
public interface Injection {
  /**
   * Lets it happen to a server under load, and sees what became of it.
   *
   * @param ground with a running server; one runs on it afterwards too, with everything recovered
   *     and nothing unanswered.
   * @param random makes all choices.
   * @throws dev.verdant.ops.drill.traffic.LieException at the first broken promise.
   * @throws IOException if the drill itself cannot work on the files.
   */
  Finding inject(Ground ground, SplittableRandom random) throws IOException;

  /**
   * What became of it.
   *
   * @param injected what was done, in a few words.
   * @param found what the start after it found and decided.
   * @param recoveryNanos from the start of the last process to its first answer.
   */
  record Finding(String injected, String found, long recoveryNanos) {}
}
