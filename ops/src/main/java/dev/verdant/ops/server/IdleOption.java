package dev.verdant.ops.server;

import dev.verdant.pipeline.IdleMode;

/** What idle threads do, as options name it. */
public enum IdleOption {
  spin(IdleMode.SPIN),
  yield(IdleMode.YIELD),
  backoff(IdleMode.BACKOFF);

  private final IdleMode mode;

  IdleOption(IdleMode mode) {
    this.mode = mode;
  }

  /** What the engine calls it. */
  public IdleMode mode() {
    return mode;
  }
}
