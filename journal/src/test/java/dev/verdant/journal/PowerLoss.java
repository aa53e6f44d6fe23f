package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.recovery.LedgerRecovery;
import dev.verdant.journal.recovery.Recovery;
import dev.verdant.journal.scan.Fault;
import dev.verdant.journal.scan.JournalScan;
import dev.verdant.journal.scan.RecoveryDecision;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.pipeline.Journal;
import dev.verdant.pipeline.JournalException;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.IoUtil;

/**
 * Some lives of one data directory, journal and snapshots, each begun with what a loss of power has
 * left of the one before. At each moment of a life it also looks at other states that might have
 * been left.
 */
final class PowerLoss {
  private static final int LIVES = 4;
  private static final int STEPS = 12;
  private static final int MAX_BATCH = 60;
  private static final int STATES_PER_MOMENT = 2;

  /** States that are looked at for one with a torn tail. */
  private static final int DRAWS = 16;

  /** A snapshot passes some forty moments. */
  private static final int STATES_PER_MOMENT_OF_SNAPSHOTS = 1;

  private static final int ADDED = 7;

  /** One in so many states is opened for good, not only read. */
  private static final int OPENED = 97;

  /** One in so many moments the process is killed, too: then nothing that is written is lost. */
  private static final int KILLED = 5;

  private static final int KIB = 1024;
  private static final int MAX_BATCH_LENGTH = 272 * KIB;

  /** What else is wrong with the disk. */
  @FunctionalInterface
  interface Trouble {
    void with(SimulatedDisk disk);
  }

  @FunctionalInterface
  private interface Leaving {
    void in(Path left) throws IOException;
  }

  /** What the states were. */
  static final class Tally {
    private int states;
    private int refused;
    private int lost;
    private int whole;
    private int cut;
    private int fromSnapshots;
    private int passedOver;
    private int failedForces;
    private int begunTorn;

    int states() {
      return states;
    }

    /**
     * Whether tails were torn, and lives lived behind them, snapshots taken in time to be loaded,
     * and forces failed.
     */
    boolean isVaried() {
      return cut > 0 && begunTorn > 0 && fromSnapshots > 0 && failedForces > 0;
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

    /** Lives that began with such a start. */
    int begunTorn() {
      return begunTorn;
    }

    /** Starts that loaded a snapshot. */
    int fromSnapshots() {
      return fromSnapshots;
    }

    /** Snapshots that were there and not whole. */
    int passedOver() {
      return passedOver;
    }

    /** Lives that ended with a force that failed. */
    int failedForces() {
      return failedForces;
    }

    @Override
    public String toString() {
      return String.format(
          "%,d states: %,d whole (%,d with a torn tail cut), %,d shorter, %,d refused; %,d from a"
              + " snapshot, %,d snapshots passed over; %d forces failed,"
              + " %d lives begun with a torn tail",
          states, whole, cut, lost, refused, fromSnapshots, passedOver, failedForces, begunTorn);
    }
  }

  private final Path root;
  private final Durability durability;
  private final Trouble trouble;
  private final long seed;
  private final Random random;
  private final Tally tally;
  private Path tree;

  /** Where power was lost before the end of a life; null else. */
  private Path next;

  private SimulatedDisk disk;
  private final Trader trader = new Trader();
  private final History history;
  private long acknowledged;
  private int moments;
  private int statesPerMoment = STATES_PER_MOMENT;
  private int stateNumber;

  PowerLoss(
      Path root, History history, Durability durability, Trouble trouble, long seed, Tally tally) {
    this.root = root;
    this.history = history;
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

  private DataDirectory open(Path anyTree, Disk anyDisk) throws IOException {
    // The smallest files, since each state is made and read.
    final JournalOptions options =
        new JournalOptions()
            .lateForceMillis(0)
            .maxBatchLength(MAX_BATCH_LENGTH)
            .blockSizeBytes(4L * (MAX_BATCH_LENGTH + 64 * KIB))
            .allocationBytes(2L * MAX_BATCH_LENGTH)
            .reserveBytes(0)
            .disk(anyDisk);
    return DataDirectory.open(data(anyTree), options, durability);
  }

  private void live() throws IOException {
    if (random.nextInt(3) == 0) {
      disk.failForce(random.nextInt(2 * STEPS));
    }
    DataDirectory opened = null;
    try {
      opened = open(tree, disk);
      acknowledge(opened.recovery().lastSequence());
      tally.begunTorn += opened.recovery().decision() == RecoveryDecision.CUT_TAIL ? 1 : 0;
      for (int step = 0; step < STEPS; step++) {
        step(opened);
      }
      if (random.nextBoolean()) {
        // Unforced, so that the next life may begin with the remains of them.
        append(opened);
        append(opened);
        losePowerWhileWriting();
        opened.close();
      } else {
        final long last = opened.journal().lastSequence();
        opened.close();
        acknowledge(last);
      }
    } catch (IOException | UncheckedIOException | JournalException e) {
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

  private void step(DataDirectory opened) throws IOException {
    final Journal journal = opened.journal();
    final int action = random.nextInt(12);
    if (action < 2) {
      journal.roll();
      acknowledge(journal.lastSequence());
    } else if (action < 5) {
      final long before = journal.lastSequence();
      interrupt(opened);
      final long forced = journal.force();
      disk.duringNextForce(() -> {});
      assertThat(forced).isEqualTo(before);
      acknowledge(forced);
    } else if (action < 7) {
      // Beside the journal, as a server does: what it holds need not have been forced.
      interrupt(opened);
      statesPerMoment = STATES_PER_MOMENT_OF_SNAPSHOTS;
      try (LedgerSnapshot snapshot = opened.ledger().openSnapshot()) {
        opened.snapshots().keep(snapshot);
      } finally {
        statesPerMoment = STATES_PER_MOMENT;
      }
      disk.duringNextForce(() -> {});
    } else {
      append(opened);
    }
  }

  /** Lets commands come while the disk is at the next force, half of the times. */
  private void interrupt(DataDirectory opened) {
    if (random.nextBoolean()) {
      disk.duringNextForce(() -> append(opened));
    }
  }

  private void append(DataDirectory opened) throws IOException {
    trader.trade(opened, 1, 1 + random.nextInt(MAX_BATCH));
    if (durability == Durability.WRITTEN) {
      acknowledge(opened.journal().lastSequence());
    }
    disk.passMoment();
  }

  private void acknowledge(long sequence) {
    acknowledged = Math.max(acknowledged, sequence);
  }

  private void passMoment() throws IOException {
    moments++;
    for (int i = 0; i < statesPerMoment; i++) {
      final long stateSeed = seed * 1_000_003 + stateNumber++;
      look(left -> disk.leave(left, new Random(stateSeed)));
    }
    // What a disk has forgotten in a life before is gone in this one, too.
    if (moments % KILLED == 0 && !disk.isForgetful()) {
      final int whole = tally.whole();
      look(disk::leaveAll);
      assertThat(tally.whole())
          .as("seed %d, moment %d, killed, %s", seed, moments, durability)
          .isEqualTo(whole + 1);
    }
  }

  /** Looks at one of the states that might be left now. */
  private void look(Leaving leaving) throws IOException {
    final Path left = Files.createDirectory(root.resolve("left"));
    try {
      leaving.in(left);
      judge(left);
    } catch (AssertionError e) {
      throw new AssertionError(
          "seed " + seed + ", moment " + moments + ", state " + stateNumber + ", " + durability, e);
    } finally {
      IoUtil.delete(left.toFile(), false);
    }
  }

  private void judge(Path left) throws IOException {
    final Path data = data(left);
    if (!Files.isDirectory(data)) {
      tally.states++;
      count(0);
      return;
    }
    try (LedgerRecovery ledger = new LedgerRecovery()) {
      final Recovery recovery = Recovery.of(data, ledger);
      final JournalScan scan = recovery.scan();
      tally.states++;
      tally.passedOver += recovery.snapshotFaults().size();
      if (scan.decision() == RecoveryDecision.REFUSE) {
        refused(scan.fault().orElseThrow());
        return;
      }
      requirePromiseOnDisk(data);
      final long sequence = ledger.ledger().sequence();
      assertThat(sequence).isEqualTo(scan.lastSequence());
      assertThat(Trader.digest(ledger.ledger())).isEqualTo(history.digestAt(sequence));
      tally.cut += scan.decision() == RecoveryDecision.CUT_TAIL ? 1 : 0;
      tally.fromSnapshots += recovery.base().sequence() > 0 ? 1 : 0;
      count(sequence);
      if (stateNumber % OPENED == 0) {
        goOn(left, sequence);
      }
    }
  }

  /**
   * What was acknowledged stands in the record of it, or a loss by the disk would not be noticed.
   */
  private void requirePromiseOnDisk(Path data) throws IOException {
    if (durability == Durability.SYNCED && !disk.isForgetful() && acknowledged > 0) {
      assertThat(Watermark.read(data).sequence()).isGreaterThanOrEqualTo(acknowledged);
    }
  }

  private void refused(Fault fault) {
    tally.refused++;
    if (durability == Durability.SYNCED && !disk.isForgetful()) {
      throw new AssertionError("refused: " + fault + ", acknowledged " + acknowledged);
    }
  }

  private void count(long sequence) {
    if (sequence >= acknowledged) {
      tally.whole++;
      return;
    }
    tally.lost++;
    if (durability == Durability.SYNCED && !disk.isForgetful()) {
      throw new AssertionError(sequence + " kept, acknowledged " + acknowledged);
    }
  }

  /** A start on what was left goes on behind it, and what it adds is kept. */
  private void goOn(Path left, long sequence) throws IOException {
    try (DataDirectory opened = open(left, Disk.REAL)) {
      assertThat(opened.recovery().lastSequence()).isEqualTo(sequence);
      trader.trade(opened, 1, ADDED);
    }
    try (DataDirectory opened = open(left, Disk.REAL)) {
      assertThat(opened.recovery().lastSequence()).isEqualTo(sequence + ADDED);
      assertThat(Trader.digest(opened.ledger())).isEqualTo(history.digestAt(sequence + ADDED));
    }
  }

  /** Takes one of the states as what the next life begins with, whatever this one still does. */
  private void losePower() throws IOException {
    next = Files.createDirectory(root.resolve("life" + stateNumber));
    disk.leave(next, random);
  }

  /** The same, and one with a torn tail if there is one among some. */
  private void losePowerWhileWriting() throws IOException {
    losePower();
    for (int draw = 1; draw < DRAWS && !wouldCut(next); draw++) {
      IoUtil.delete(next.toFile(), false);
      losePower();
    }
  }

  private static boolean wouldCut(Path left) throws IOException {
    if (!Files.isDirectory(data(left))) {
      return false;
    }
    try (LedgerRecovery ledger = new LedgerRecovery()) {
      return Recovery.of(data(left), ledger).scan().decision() == RecoveryDecision.CUT_TAIL;
    }
  }

  /** The next life begins with one of the states; false if it would not start. */
  private boolean beginAgain() throws IOException {
    if (next == null) {
      losePower();
    }
    IoUtil.delete(tree.toFile(), false);
    tree = next;
    next = null;
    if (!Files.isDirectory(data(tree))) {
      return true;
    }
    try (LedgerRecovery ledger = new LedgerRecovery()) {
      final JournalScan scan = Recovery.of(data(tree), ledger).scan();
      if (durability == Durability.WRITTEN) {
        acknowledged = scan.lastSequence();
      }
      return scan.decision() != RecoveryDecision.REFUSE;
    }
  }
}
