package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundThreadTest {
  /** See proc_pid_stat(5): counted from what follows the name, which is in brackets. */
  private static final int NICE_FIELD_AFTER_NAME = 17;

  @Test
  void shouldLowerItsOwnPriorityAndNoOthers() throws Exception {
    final int before = niceness();
    final CompletableFuture<Integer> inside = new CompletableFuture<>();
    final Thread thread =
        new BackgroundThread(
            () -> {
              try {
                inside.complete(niceness());
              } catch (IOException | RuntimeException e) {
                inside.completeExceptionally(e);
              }
            },
            "background");
    thread.start();
    assertThat(inside.get(60, TimeUnit.SECONDS))
        .isEqualTo(Math.min(before + BackgroundThread.NICE_INCREMENT, 19));
    thread.join();
    assertThat(niceness()).isEqualTo(before);
  }

  private static int niceness() throws IOException {
    final String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    final String[] afterName = stat.substring(stat.lastIndexOf(')') + 1).split(" ", -1);
    return Integer.parseInt(afterName[NICE_FIELD_AFTER_NAME]);
  }
}
