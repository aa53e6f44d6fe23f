package dev.verdant.ledger.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import org.junit.jupiter.api.AfterEach;

/** Fails a test that leaves off-heap memory behind. */
public abstract class LeakGuarded {
  /** Noted before a subclass makes its first ledger. */
  private final long allocatedBytesBefore = Memory.totalAllocatedBytes();

  @AfterEach
  final void requireAllOffHeapMemoryFreed() {
    assertThat(Memory.totalAllocatedBytes())
        .as("off-heap bytes allocated after the test")
        .isEqualTo(allocatedBytesBefore);
  }
}
