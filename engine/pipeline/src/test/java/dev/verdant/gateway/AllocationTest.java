package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.pipeline.MemoryJournal;
import dev.verdant.thread.EngineThreads;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WINDOW = 500;

  /** The least of these counts: compiling allocates in some, an object a command in every one. */
  private static final int PHASES = 5;

  private static final int PHASE_COMMANDS = 40_000;

  @Test
  void shouldAllocateNothingPerCommandOnTheGatewayAndTheLedgerThread() throws IOException {
    try (Ledger ledger = new Ledger();
        LedgerServer server =
            LedgerServer.launch(
                new LedgerServer.Context()
                    .engine(
                        new EngineContext()
                            .ledger(ledger)
                            .journal(new MemoryJournal(Long.MAX_VALUE, false))
                            .failureListener(Throwable::printStackTrace))
                    .port(0));
        RawClient client = RawClient.greeted(server.address())) {
      client.send(client.messages.openBuyer(1));
      client.send(client.messages.openMerchant(2));
      client.receive();
      client.receive();
      run(client, 1, 300_000);
      long gateway = Long.MAX_VALUE;
      long applying = Long.MAX_VALUE;
      for (int phase = 0; phase < PHASES; phase++) {
        final long gatewayBefore = allocatedBytes(EngineThreads.GATEWAY);
        final long applyingBefore = allocatedBytes(EngineThreads.LEDGER);
        run(client, 1_000_000 + (long) phase * PHASE_COMMANDS, PHASE_COMMANDS);
        gateway = Math.min(gateway, allocatedBytes(EngineThreads.GATEWAY) - gatewayBefore);
        applying = Math.min(applying, allocatedBytes(EngineThreads.LEDGER) - applyingBefore);
      }

      assertThat(ledger.sequence()).isEqualTo(500_002);
      assertThat(gateway).as("bytes allocated by the gateway thread").isLessThan(PHASE_COMMANDS);
      assertThat(applying).as("bytes allocated by the ledger thread").isLessThan(PHASE_COMMANDS);
    }
  }

  private static void run(RawClient client, long firstId, int orders) throws IOException {
    for (int done = 0; done < orders; done += WINDOW) {
      for (int i = 0; i < WINDOW; i++) {
        client.send(client.messages.order(i, firstId + done + i));
      }
      for (int i = 0; i < WINDOW; i++) {
        assertThat(client.receive() == i).isTrue();
      }
    }
  }

  private static long allocatedBytes(String threadName) {
    final long id =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals(threadName))
            .mapToLong(AllocationTest::id)
            .findFirst()
            .orElseThrow();
    return THREADS.getThreadAllocatedBytes(id);
  }

  @SuppressWarnings("deprecation") // threadId() comes with Java 19
  private static long id(Thread thread) {
    return thread.getId();
  }
}
