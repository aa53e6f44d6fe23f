package dev.verdant.journal.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.verdant.journal.JournalDirectory;
import dev.verdant.journal.Logged;
import dev.verdant.journal.Orders;
import dev.verdant.journal.TestOptions;
import dev.verdant.journal.TroubledDisk;
import dev.verdant.pipeline.JournalException;
import dev.verdant.protocol.codec.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of commands that nobody waits for to be on the disk. */
class LateForceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final Orders orders = new Orders();
  private final TroubledDisk disk = new TroubledDisk();

  private JournalDirectory open() throws Exception {
    return JournalDirectory.open(
        directory,
        TestOptions.small().lateForceMillis(1).disk(disk),
        Durability.WRITTEN,
        new Orders());
  }

  @Test
  void shouldForceWhatWasAppendedWithoutBeingAsked() throws Exception {
    try (JournalDirectory opened = open()) {
      for (int round = 0; round < 3; round++) {
        final int before = disk.forces();
        orders.append(opened.journal(), 3);
        await("a force").atMost(PATIENCE).until(() -> disk.forces() > before);
      }
    }
  }

  @Test
  void shouldLeaveMuchToOthersAndForceOnceWhenThereIsLess() {
    final AtomicLong appended = new AtomicLong();
    final AtomicInteger forces = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();
    final LateForce force =
        new LateForce(
            appended::get,
            () -> forces.incrementAndGet() > 0,
            () -> looks.incrementAndGet() < 2,
            Long.MAX_VALUE);
    assertThat(force.lookAfter()).as("goes on").isTrue();
    assertThat(forces).as("nothing appended").hasValue(0);
    appended.addAndGet(80);
    force.lookAfter();
    force.lookAfter();
    assertThat(forces).as("little appended").hasValue(1);
    appended.addAndGet(1 << 21);
    assertThat(force.lookAfter()).as("goes on").isTrue();
    assertThat(forces).as("much appended").hasValue(1);
    force.lookAfter();
    force.lookAfter();
    assertThat(forces).as("nothing since").hasValue(2);
    assertThat(looks).as("for errors, where it is left to others").hasValue(1);
    appended.addAndGet(1 << 21);
    assertThat(force.lookAfter()).as("an error is found").isFalse();
  }

  @Test
  void shouldTakeNothingAnyMoreWhenSuchAForceFails() throws Exception {
    try (JournalDirectory opened = open()) {
      orders.append(opened.journal(), 3);
      disk.failForces();
      await("the failure")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                JournalException failure = null;
                try {
                  orders.append(opened.journal(), 1);
                } catch (JournalException e) {
                  failure = e;
                }
                assertThat(failure).hasMessageContaining("Input/output error");
              });
    }
  }

  @Test
  void shouldFailTheCloseWhenNoAppendHasToldOfTheFailure() throws Exception {
    final JournalDirectory opened = open();
    failInTheBackground(opened);
    assertThatThrownBy(opened::close)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("Input/output error");
    // Has given back all the same what it held.
    JournalDirectory.open(directory, TestOptions.small(), Durability.WRITTEN, new Orders()).close();
  }

  private void failInTheBackground(JournalDirectory opened) {
    disk.failForces();
    orders.append(opened.journal(), 3);
    await("the failure")
        .atMost(PATIENCE)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("verdant-journal-force")));
  }

  @Test
  void shouldTellOfTheFailureBeforeAnybodyAsks() throws Exception {
    final JournalDirectory opened = open();
    final String log = Logged.by(() -> failInTheBackground(opened));
    assertThat(log)
        .contains("what was appended last may not be on it, and no more will be taken")
        .contains("Input/output error");
    assertThatThrownBy(opened::close).isInstanceOf(JournalException.class);
  }

  @Test
  void shouldTakeNothingAnyMoreWhenTheSystemFailsToWriteWhatIsLeftToIt() throws Exception {
    try (JournalDirectory opened = open()) {
      disk.failWriting();
      await("the failure")
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> appendMuch(opened))
                      .isInstanceOf(JournalException.class)
                      .hasMessageContaining("Input/output error"));
    }
  }

  /** More than is forced by the way. */
  private void appendMuch(JournalDirectory opened) {
    for (int i = 0; i < 2_000; i++) {
      orders.append(opened.journal(), 100);
    }
  }

  @Test
  void shouldForceWhatWasAppendedWhenItCloses() throws Exception {
    final int before;
    try (JournalDirectory opened =
        JournalDirectory.open(
            directory, TestOptions.small().disk(disk), Durability.WRITTEN, new Orders())) {
      orders.append(opened.journal(), 3);
      before = disk.forces();
    }
    // The journal, then the record of acknowledgements.
    assertThat(disk.forces()).isEqualTo(before + 2);
  }
}
