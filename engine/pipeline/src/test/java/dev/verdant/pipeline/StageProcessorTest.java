package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StageProcessorTest {
  private static final int TURNS = 1_000;

  private final EngineState state = new EngineState();
  private final AtomicInteger turns = new AtomicInteger();

  /** Fails whenever nothing is to be done, each time with another exception. */
  private final Stage stage =
      new Stage() {
        @Override
        public void onBatch(long first, long last) {
          throw new AssertionError("nothing was published");
        }

        @Override
        public void onIdle() {
          throw new IllegalStateException("turn " + turns.incrementAndGet());
        }
      };

  @Test
  void shouldKeepTheFailureAndAFewOfThoseBehindItHoweverManyTheyAre() throws Exception {
    final Doorbell doorbell = new Doorbell(IdleMode.YIELD);
    final StageProcessor processor =
        new StageProcessor(
            List.of(stage),
            new RequestRing(4, doorbell).barrier(),
            doorbell,
            () -> {},
            state,
            4,
            cause -> {});
    final Thread thread = new Thread(processor::run, "failing-stage");
    thread.start();
    Patience.await("many failures").until(() -> turns.get() >= TURNS);
    processor.halt();
    thread.join();

    assertThat(state.failure()).hasMessage("turn 1");
    assertThat(state.failure().getSuppressed()).hasSize(8);
  }
}
