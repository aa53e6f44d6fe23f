package dev.verdant.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On real processes, whose states the system tells. */
class ProcessTreeTest {
  private static final String STARTED = "started";

  private final Process shell =
      new ProcessBuilder(
              "sh", "-c", "sleep 600 & sh -c 'sleep 600 & echo " + STARTED + "; wait' & wait")
          .start();
  private final ProcessTree tree = new ProcessTree(shell.toHandle());

  ProcessTreeTest() throws IOException {}

  @AfterEach
  void end() {
    List<ProcessHandle> children = shell.descendants().toList();
    shell.destroyForcibly().onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void shouldStopAProcessAndAllThatItHasStartedUntilTheyGoOn() throws IOException {
    assertThat(shell.inputReader().readLine()).isEqualTo(STARTED);
    List<ProcessHandle> processes =
        Stream.concat(Stream.of(shell.toHandle()), shell.descendants()).toList();
    assertThat(processes).hasSize(4);
    tree.stop();
    processes.forEach(process -> awaitStopped(process, true));
    tree.goOn();
    processes.forEach(process -> awaitStopped(process, false));
  }

  @Test
  void shouldLetGoOnAndKillThoseWhoseParentHasDied() throws IOException {
    assertThat(shell.inputReader().readLine()).isEqualTo(STARTED);
    List<ProcessHandle> children = shell.descendants().toList();
    tree.stop();
    shell.destroyForcibly().onExit().join();
    tree.goOn();
    children.forEach(process -> awaitStopped(process, false));

    tree.kill();
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** A process follows a signal a moment after it was sent. */
  private static void awaitStopped(ProcessHandle process, boolean stopped) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (isStopped(process) != stopped) {
      assertThat(System.nanoTime()).as("process %d", process.pid()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** The state stands behind the name, which is in brackets. */
  private static boolean isStopped(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
