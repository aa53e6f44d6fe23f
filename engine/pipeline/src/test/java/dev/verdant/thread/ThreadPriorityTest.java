package dev.verdant.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadPriorityTest {
  @Test
  void shouldLowerAThreadsOwnPriorityAndNoOthers() throws Exception {
    final int before = Niceness.ofThisThread();
    assertThat(inBackground(Niceness::ofThisThread)).isEqualTo(lowered(before));
    assertThat(Niceness.ofThisThread()).isEqualTo(before);
  }

  @Test
  void shouldBeNoLowerWhereAnotherOfItsKindHasStartedTheThread() throws Exception {
    final int before = Niceness.ofThisThread();
    assertThat(inBackground(() -> inBackground(Niceness::ofThisThread))).isEqualTo(lowered(before));
  }

  @Test
  void shouldRaiseTheCoresPriorityWhereThatIsAllowedAndGoOnWhereNot() throws Exception {
    final int before = Niceness.ofThisThread();
    final int raised = Math.max(-20, before + ThreadPriority.LEDGER.nicerBy());
    assertThat(inThread(new CoreTask())).isEqualTo(Niceness.isAllowed(raised) ? raised : before);
    assertThat(ThreadPriority.LEDGER.isAllowed()).isEqualTo(Niceness.isAllowed(raised));
    assertThat(Niceness.ofThisThread()).isEqualTo(before);
  }

  @Test
  void shouldComeBackToThatOfTheProcess() throws Exception {
    final int before = Niceness.ofThisThread();
    final int after =
        inThread(
            () -> {
              ThreadPriority.LEDGER.assume();
              ThreadPriority.NORMAL.assume();
              return Niceness.ofThisThread();
            });
    assertThat(after).isEqualTo(before);
  }

  private static final class CoreTask implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
      ThreadPriority.LEDGER.assume();
      return Niceness.ofThisThread();
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
}
