package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loss of power at any moment of the lives of a data directory, snapshots and recoveries included:
 * from each moment several of the states that a disk may be left in, each opened as a start does.
 *
 * <p>The long run, or the run of one seed that failed: {@code mvn -pl journal -am test
 * -Dtest=PowerLossTest -Dverdant.power.states=10000 -Dverdant.power.seed=1
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class PowerLossTest {
  private static final int STATES = Integer.getInteger("verdant.power.states", 400);

  /** By default those that alone meet all that {@link PowerLoss.Tally#isVaried} asks for. */
  private static final long FIRST_SEED_SYNCED = Long.getLong("verdant.power.seed", 4);

  private static final long FIRST_SEED_WRITTEN = Long.getLong("verdant.power.seed", 6);

  /** Seeds that are tried for lives in which all happens that a test must see. */
  private static final int MOST_SEEDS = 8;

  private final History history = new History();

  @TempDir(factory = InMemory.class)
  Path directory;

  @AfterEach
  void closeHistory() {
    history.close();
  }

  @Test
  void shouldLoseNothingAcknowledgedWhenSynced() throws IOException {
    final PowerLoss.Tally tally = run(Durability.SYNCED, disk -> {});
    System.out.println(tally);
    assertThat(tally.refused()).isZero();
    assertThat(tally.lost()).isZero();
    assertThat(tally.whole()).isEqualTo(tally.states());
    assertThat(tally.cut()).isPositive();
    assertThat(tally.begunTorn()).isPositive();
    assertThat(tally.fromSnapshots()).isPositive();
    assertThat(tally.failedForces()).isPositive();
  }

  @Test
  void shouldFindABeginningOfTheHistoryOrRefuseWhenWritten() throws IOException {
    final PowerLoss.Tally tally = run(Durability.WRITTEN, disk -> {});
    System.out.println(tally);
    assertThat(tally.refused() + tally.lost() + tally.whole()).isEqualTo(tally.states());
    assertThat(tally.refused()).isPositive();
    assertThat(tally.lost()).as("this mode promises less").isPositive();
    assertThat(tally.whole()).isPositive();
    assertThat(tally.fromSnapshots()).isPositive();
    assertThat(tally.passedOver()).as("a snapshot is there whole or not at all").isZero();
  }

  @Test
  void shouldFindOutADiskThatForgetsWhatItWasForcedToKeep() throws IOException {
    final PowerLoss.Tally tally = run(Durability.SYNCED, SimulatedDisk::forget);
    System.out.println(tally);
    assertThat(tally.refused() + tally.lost()).isPositive();
  }

  private PowerLoss.Tally run(Durability durability, PowerLoss.Trouble trouble) throws IOException {
    final PowerLoss.Tally tally = new PowerLoss.Tally();
    final long first = durability == Durability.SYNCED ? FIRST_SEED_SYNCED : FIRST_SEED_WRITTEN;
    for (long seed = first;
        tally.states() < STATES || (!tally.isVaried() && seed < first + MOST_SEEDS);
        seed++) {
      final Path root = Files.createDirectory(directory.resolve(Long.toString(seed)));
      new PowerLoss(root, history, durability, trouble, seed, tally).run();
    }
    return tally;
  }
}
