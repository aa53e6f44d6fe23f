package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundThreadTest {
  /** See proc_pid_stat(5): counted from what follows the name, which is in brackets. */
  private static final int NICE_FIELD_AFTER_NAME = 17;

  @Test
  void shouldLowerItsOwnPriorityAndNoOthers() throws Exception {
    final int before = niceness();
    assertThat(inBackground(BackgroundThreadTest::niceness)).isEqualTo(lowered(before));
    assertThat(niceness()).isEqualTo(before);
  }

  @Test
  void shouldBeNoLowerWhereAnotherOfItsKindHasStartedIt() throws Exception {
    final int before = niceness();
    assertThat(inBackground(() -> inBackground(BackgroundThreadTest::niceness)))
        .isEqualTo(lowered(before));
  }

  private static int lowered(int niceness) {
    return Math.min(niceness + BackgroundThread.NICER_BY, 19);
  }

  private static int inBackground(Callable<Integer> work) throws Exception {
    final FutureTask<Integer> task = new FutureTask<>(work);
    final Thread thread = new BackgroundThread(task, "background");
    thread.start();
    final int result = task.get(60, TimeUnit.SECONDS);
    thread.join();
    return result;
  }

  private static int niceness() throws IOException {
    final String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    final String[] afterName = stat.substring(stat.lastIndexOf(')') + 1).split(" ", -1);
    return Integer.parseInt(afterName[NICE_FIELD_AFTER_NAME]);
  }
}
