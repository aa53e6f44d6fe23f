package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.pipeline.Journal;
import dev.verdant.pipeline.JournalException;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.IoUtil;

/**
 * Some lives of one journal, each begun with what a loss of power has left of the one before. At
 * each moment of a life it also looks at other states that might have been left.
 */
final class PowerLoss {
  private static final int LIVES = 4;
  private static final int STEPS = 12;
  private static final int MAX_BATCH = 60;
  private static final int STATES_PER_MOMENT = 5;

  /** One in so many states is opened for good, not only read. */
  private static final int OPENED = 97;

  private static final int KIB = 1024;
  private static final int MAX_BATCH_LENGTH = 272 * KIB;

  /** What else is wrong with the disk. */
  @FunctionalInterface
  interface Trouble {
    void with(SimulatedDisk disk);
  }

  /** What the states were. */
  static final class Tally {
    private int states;
    private int refused;
    private int lost;
    private int whole;
    private int cut;
    private int failedForces;

    int states() {
      return states;
    }

    /** Starts that were refused. */
    int refused() {
      return refused;
    }

    /** Starts that went on without something acknowledged. */
    int lost() {
      return lost;
    }

    /** Starts that went on with everything acknowledged. */
    int whole() {
      return whole;
    }

    /** Starts that cut a torn tail. */
    int cut() {
      return cut;
    }

    /** Lives that ended with a force that failed. */
    int failedForces() {
      return failedForces;
    }

    @Override
    public String toString() {
      return String.format(
          "%,d states: %,d whole (%,d with a torn tail cut), %,d shorter, %,d refused; %d forces"
              + " failed",
          states, whole, cut, lost, refused, failedForces);
    }
  }

  private final Path root;
  private final Durability durability;
  private final Trouble trouble;
  private final long seed;
  private final Random random;
  private final Tally tally;
  private Path tree;
  private SimulatedDisk disk;
  private Orders orders = new Orders();
  private long acknowledged;
  private int moments;
  private int stateNumber;

  PowerLoss(Path root, Durability durability, Trouble trouble, long seed, Tally tally) {
    this.root = root;
    this.durability = durability;
    this.trouble = trouble;
    this.seed = seed;
    this.random = new Random(seed);
    this.tally = tally;
  }

  void run() throws IOException {
    tree = Files.createDirectory(root.resolve("life"));
    for (int life = 0; life < LIVES; life++) {
      disk = new SimulatedDisk(tree, random);
      trouble.with(disk);
      disk.onMoment(this::passMoment);
      live();
      disk.onMoment(() -> {});
      if (!beginAgain()) {
        break;
      }
    }
    IoUtil.delete(root.toFile(), false);
  }

  private static Path data(Path anyTree) {
    // Neither it nor the one above is there at first.
    return anyTree.resolve("ledgers").resolve("one");
  }

  private JournalDirectory open(Path anyTree, Disk anyDisk, CommandConsumer consumer)
      throws IOException {
    // The smallest files, since each state is made and read.
    final JournalOptions options =
        new JournalOptions()
            .maxBatchLength(MAX_BATCH_LENGTH)
            .blockSizeBytes(4L * (MAX_BATCH_LENGTH + 64 * KIB))
            .allocationBytes(2L * MAX_BATCH_LENGTH)
            .reserveBytes(0)
            .disk(anyDisk);
    return JournalDirectory.open(data(anyTree), options, durability, consumer);
  }

  private void live() throws IOException {
    if (random.nextInt(3) == 0) {
      disk.failForce(random.nextInt(2 * STEPS));
    }
    JournalDirectory opened = null;
    try {
      opened = open(tree, disk, (sequence, buffer, offset, length) -> {});
      acknowledge(opened.recovery().lastSequence());
      for (int step = 0; step < STEPS; step++) {
        step(opened);
      }
      opened.close();
      acknowledge(opened.journal().lastSequence());
    } catch (IOException | JournalException e) {
      if (e.getCause() instanceof AssertionError found) {
        throw found;
      }
      // The disk has failed; nothing more is acknowledged, and the process would end.
      assertThat(e).hasMessageContaining("Input/output error");
      tally.failedForces++;
      if (opened != null) {
        opened.close();
      }
    }
  }

  private void step(JournalDirectory opened) throws IOException {
    final Journal journal = opened.journal();
    final int action = random.nextInt(10);
    if (action < 2) {
      opened.roll();
      acknowledge(journal.lastSequence());
    } else if (action < 5) {
      final long before = journal.lastSequence();
      if (random.nextBoolean()) {
        disk.duringNextForce(() -> append(journal));
      }
      final long forced = journal.force();
      disk.duringNextForce(() -> {});
      assertThat(forced).isEqualTo(before);
      acknowledge(forced);
    } else {
      append(journal);
    }
  }

  private void append(Journal journal) throws IOException {
    orders.append(journal, 1 + random.nextInt(MAX_BATCH));
    if (durability == Durability.WRITTEN) {
      acknowledge(journal.lastSequence());
    }
    disk.passMoment();
  }

  private void acknowledge(long sequence) {
    acknowledged = Math.max(acknowledged, sequence);
  }

  private void passMoment() throws IOException {
    moments++;
    for (int i = 0; i < STATES_PER_MOMENT; i++) {
      look();
    }
  }

  /** Looks at one of the states that might be left now. */
  private void look() throws IOException {
    final long stateSeed = seed * 1_000_003 + stateNumber++;
    final Path left = Files.createDirectory(root.resolve("left"));
    try {
      disk.leave(left, new Random(stateSeed));
      judge(left);
    } catch (AssertionError e) {
      throw new AssertionError(
          "seed " + seed + ", moment " + moments + ", state " + stateNumber + ", " + durability, e);
    } finally {
      IoUtil.delete(left.toFile(), false);
    }
  }

  private void judge(Path left) throws IOException {
    final Orders kept = new Orders();
    final Path data = data(left);
    final JournalScan scan = Files.isDirectory(data) ? JournalScan.of(data, kept) : null;
    final RecoveryDecision decision = scan == null ? RecoveryDecision.START_FRESH : scan.decision();
    tally.states++;
    if (decision == RecoveryDecision.REFUSE) {
      tally.refused++;
      assertThat(scan.fault()).isNotNull();
      if (durability == Durability.SYNCED && !disk.isForgetful()) {
        throw new AssertionError("refused: " + scan.fault() + ", acknowledged " + acknowledged);
      }
      return;
    }
    assertThat(kept.sum()).isEqualTo(Orders.sumTo(kept.count()));
    tally.cut += decision == RecoveryDecision.CUT_TAIL ? 1 : 0;
    if (kept.count() < acknowledged) {
      tally.lost++;
      if (durability == Durability.SYNCED && !disk.isForgetful()) {
        throw new AssertionError(kept.count() + " kept, acknowledged " + acknowledged);
      }
    } else {
      tally.whole++;
    }
    if (stateNumber % OPENED == 0) {
      goOn(left, kept.count());
    }
  }

  /** A start on what was left goes on behind it, and what it adds is kept. */
  private void goOn(Path left, long count) throws IOException {
    try (JournalDirectory opened = open(left, Disk.REAL, new Orders())) {
      assertThat(opened.recovery().lastSequence()).isEqualTo(count);
      new Orders().append(opened.journal(), 7);
    }
    final Orders kept = new Orders();
    assertThat(JournalVerifier.verify(data(left), kept).sound()).isTrue();
    assertThat(kept.count()).isEqualTo(count + 7);
  }

  /** The next life begins with one of the states; false if it would not start. */
  private boolean beginAgain() throws IOException {
    final Path next = Files.createDirectory(root.resolve("life" + stateNumber));
    disk.leave(next, random);
    IoUtil.delete(tree.toFile(), false);
    tree = next;
    if (!Files.isDirectory(data(tree))) {
      return true;
    }
    final JournalScan scan = JournalScan.of(data(tree), (sequence, buffer, offset, length) -> {});
    if (durability == Durability.WRITTEN) {
      acknowledged = scan.lastSequence();
    }
    return scan.decision() != RecoveryDecision.REFUSE;
  }
}
