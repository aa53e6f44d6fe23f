package dev.verdant.pipeline;

import dev.verdant.ledger.Ledger;
import dev.verdant.memory.Memory;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.thread.EngineThreads;
import dev.verdant.thread.Niceness;
import dev.verdant.thread.ThreadPriority;
import java.io.IOException;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an engine gives its threads, beside what they do. */
class EngineThreadsTest {
  private final Ledger ledger = new Ledger();
  private Engine engine;

  @AfterEach
  void closeAll() {
    engine.close();
    ledger.close();
    Patience.awaitEndOfThreads();
  }

  private void launch(Durability durability) {
    engine =
        Engine.launch(
            new EngineContext()
                .ledger(ledger)
                .journal(new MemoryJournal())
                .durability(durability)
                .clock(() -> 0)
                .failureListener(cause -> {}));
  }

  private static void awaitNiceness(String thread, int niceness) throws IOException {
    Patience.await(thread + " of niceness " + niceness)
        .until(() -> Niceness.ofThread(thread).equals(OptionalInt.of(niceness)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Durability.class,
      names = {"WRITTEN", "SYNCED"})
  void shouldGiveTheLedgerAloneThePriorityOfTheCore(Durability durability) throws Exception {
    final int own = Niceness.ofThisThread();
    final int raised = Math.max(-20, own + ThreadPriority.LEDGER.nicerBy());
    launch(durability);
    awaitNiceness(EngineThreads.LEDGER, Niceness.isAllowed(raised) ? raised : own);
    awaitNiceness(EngineThreads.JOURNAL, own);
    if (durability == Durability.SYNCED) {
      awaitNiceness(EngineThreads.REPLY, own);
    }
  }

  @Test
  void shouldFindMemoryAheadOfItsLedger() {
    final long before = Memory.totalAllocatedBytes();
    launch(Durability.WRITTEN);
    Patience.await("memory found ahead")
        .until(() -> Memory.totalAllocatedBytes() - before >= ledger.allocatedBytes() / 2);
  }
}
