package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.memory.Memory;
import org.junit.jupiter.api.Test;

class MemoryFinderTest {
  @Test
  void shouldFindMemoryUntilThereIsEnoughAndEndWhenClosed() {
    final long before = Memory.totalAllocatedBytes();
    try (Ledger ledger = new Ledger()) {
      final long own = Memory.totalAllocatedBytes();
      final MemoryFinder finder = MemoryFinder.start(ledger);
      Patience.await("memory for snapshots")
          .until(() -> Memory.totalAllocatedBytes() - own >= ledger.allocatedBytes() / 2);
      finder.close();
      Patience.awaitEndOfThreads();
    }
    assertThat(Memory.totalAllocatedBytes()).isEqualTo(before);
  }

  @Test
  void shouldTellWhoeverClosedItThatHeWasInterrupted() {
    try (Ledger ledger = new Ledger()) {
      final MemoryFinder finder = MemoryFinder.start(ledger);
      Thread.currentThread().interrupt();
      finder.close();
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
