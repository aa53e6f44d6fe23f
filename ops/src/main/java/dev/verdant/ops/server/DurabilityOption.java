package dev.verdant.ops.server;

import dev.verdant.protocol.codec.Durability;

/** What an acknowledgement promises, as options name it. */
public enum DurabilityOption {
  written(Durability.WRITTEN),
  synced(Durability.SYNCED);

  private final Durability durability;

  DurabilityOption(Durability durability) {
    this.durability = durability;
  }

  /** What the engine calls it. */
  public Durability durability() {
    return durability;
  }
}
