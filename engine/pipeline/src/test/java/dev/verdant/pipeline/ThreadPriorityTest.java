package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ThreadPriorityTest {
  /** See proc_pid_stat(5): counted from what follows the name, which is in brackets. */
  private static final int NICE_FIELD_AFTER_NAME = 17;

  /** See capabilities(7). */
  private static final int CAP_SYS_NICE = 23;

  /** See getrlimit(2): a limit on niceness is told as 20 less it. */
  private static final int NICE_LIMIT_BASE = 20;

  @Test
  void shouldLowerAThreadsOwnPriorityAndNoOthers() throws Exception {
    final int before = niceness();
    assertThat(inBackground(ThreadPriorityTest::niceness)).isEqualTo(lowered(before));
    assertThat(niceness()).isEqualTo(before);
  }

  @Test
  void shouldBeNoLowerWhereAnotherOfItsKindHasStartedTheThread() throws Exception {
    final int before = niceness();
    assertThat(inBackground(() -> inBackground(ThreadPriorityTest::niceness)))
        .isEqualTo(lowered(before));
  }

  @Test
  void shouldRaiseTheCoresPriorityWhereThatIsAllowedAndGoOnWhereNot() throws Exception {
    final int before = niceness();
    final int raised = Math.max(-20, before + ThreadPriority.CORE.nicerBy());
    assertThat(inThread(new CoreTask())).isEqualTo(mayHave(raised) ? raised : before);
  }

  @Test
  void shouldComeBackToThatOfTheProcess() throws Exception {
    final int before = niceness();
    final int after =
        inThread(
            () -> {
              ThreadPriority.CORE.assume();
              ThreadPriority.NORMAL.assume();
              return niceness();
            });
    assertThat(after).isEqualTo(before);
  }

  private static final class CoreTask implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
      ThreadPriority.CORE.assume();
      return niceness();
    }
  }

  private static int lowered(int niceness) {
    return Math.min(niceness + ThreadPriority.BACKGROUND.nicerBy(), 19);
  }

  private static int inBackground(Callable<Integer> work) throws Exception {
    final FutureTask<Integer> task = new FutureTask<>(work);
    return run(new BackgroundThread(task, "background"), task);
  }

  private static int inThread(Callable<Integer> work) throws Exception {
    final FutureTask<Integer> task = new FutureTask<>(work);
    return run(new Thread(task), task);
  }

  private static int run(Thread thread, FutureTask<Integer> task) throws Exception {
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

  private static boolean mayHave(int niceness) throws IOException {
    final String capabilities = find("/proc/self/status", "CapEff:\\s*(\\p{XDigit}+)");
    if ((Long.parseUnsignedLong(capabilities, 16) >>> CAP_SYS_NICE & 1) == 1) {
      return true;
    }
    final String limit = find("/proc/self/limits", "Max nice priority\\s+(\\w+)");
    return limit.equals("unlimited") || NICE_LIMIT_BASE - Integer.parseInt(limit) <= niceness;
  }

  private static String find(String file, String pattern) throws IOException {
    final Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
