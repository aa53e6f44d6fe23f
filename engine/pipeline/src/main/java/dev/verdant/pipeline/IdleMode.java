package dev.verdant.pipeline;

/** What a thread does while there is nothing to do. */
public enum IdleMode {
  /** Looks again at once: lowest latency, a core each. */
  SPIN,
  /** Lets other threads go first. */
  YIELD,
  /** Spins, then yields, then parks until it is woken: the default, burns nothing. */
  BACKOFF
}
