package dev.verdant.pipeline;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.snapshot.DiskSnapshots;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;
import java.time.Duration;
import org.agrona.BitUtil;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The options of an {@link Engine}: a ledger, a journal, and what differs from the defaults. Set,
 * then handed to {@link Engine#launch}, which concludes them; not to be changed afterwards. Not
 * thread-safe.
 */
public final class EngineContext {
  /** Longest {@link #maxSyncDelay}. */
  public static final Duration MAX_SYNC_DELAY = Duration.ofMillis(100);

  private static final int DEFAULT_RING_SIZE = 4 * 1024;

  /** Far more than any cache holds of it. */
  private static final int MAX_RING_SIZE = 1 << 20;

  private Ledger ledger;
  private Journal journal;
  private Durability durability = Durability.WRITTEN;
  private Duration maxSyncDelay = Duration.ZERO;
  private ClockMode clockMode = ClockMode.SYSTEM;
  private EpochClock clock = SystemEpochClock.INSTANCE;
  private NanoClock nanoClock = SystemNanoClock.INSTANCE;
  private Wiring wiring = Wiring.TWO_CORES;
  private IdleMode idleMode = IdleMode.BACKOFF;
  private EngineFailureListener failureListener;
  private DiskSnapshots diskSnapshots;
  private int ringSize;
  private int maxBatch = 1024;
  private int maxInFlight;
  private Duration viewIdleTimeout = Duration.ofSeconds(30);

  /** The state; must be at the journal's last sequence. Required. */
  public EngineContext ledger(Ledger ledger) {
    this.ledger = ledger;
    return this;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Where commands are kept. Required. */
  public EngineContext journal(Journal journal) {
    this.journal = journal;
    return this;
  }

  Journal journal() {
    return journal;
  }

  /** What an acknowledgement promises; WRITTEN by default. */
  public EngineContext durability(Durability durability) {
    this.durability = durability;
    return this;
  }

  Durability durability() {
    return durability;
  }

  /**
   * With SYNCED: how long a command may wait for others that share its force, while no force is
   * under way and less than half the ring waits; 0 to 100 ms. 0 by default: what comes during one
   * force shares the next.
   */
  public EngineContext maxSyncDelay(Duration maxSyncDelay) {
    this.maxSyncDelay = maxSyncDelay;
    return this;
  }

  Duration maxSyncDelay() {
    return maxSyncDelay;
  }

  /** Where engine time comes from; SYSTEM by default. */
  public EngineContext clockMode(ClockMode clockMode) {
    this.clockMode = clockMode;
    return this;
  }

  ClockMode clockMode() {
    return clockMode;
  }

  /** The clock of the mode SYSTEM: milliseconds since the epoch. */
  public EngineContext clock(EpochClock clock) {
    this.clock = clock;
    return this;
  }

  EpochClock clock() {
    return clock;
  }

  /** The clock that tells the age of snapshots. */
  public EngineContext nanoClock(NanoClock nanoClock) {
    this.nanoClock = nanoClock;
    return this;
  }

  NanoClock nanoClock() {
    return nanoClock;
  }

  /** How many threads the stages run on; TWO_CORES by default. */
  public EngineContext wiring(Wiring wiring) {
    this.wiring = wiring;
    return this;
  }

  Wiring wiring() {
    return wiring;
  }

  /** What idle threads do; BACKOFF by default. */
  public EngineContext idleMode(IdleMode idleMode) {
    this.idleMode = idleMode;
    return this;
  }

  IdleMode idleMode() {
    return idleMode;
  }

  /** Told when the engine fails. Required: nobody else would end the process. */
  public EngineContext failureListener(EngineFailureListener failureListener) {
    this.failureListener = failureListener;
    return this;
  }

  EngineFailureListener failureListener() {
    return failureListener;
  }

  /** Puts snapshots on disk for clients; null, the default, answers them NO_SNAPSHOTS. */
  public EngineContext diskSnapshots(DiskSnapshots diskSnapshots) {
    this.diskSnapshots = diskSnapshots;
    return this;
  }

  DiskSnapshots diskSnapshots() {
    return diskSnapshots;
  }

  /**
   * Slots of the ring, a power of two, 0 for the default. That is 4,096 with WRITTEN: requests then
   * pass from core to core through their caches, which a larger ring would leave at each lap. It is
   * 16,384 with SYNCED, where what fits in shares a force: the slower the disk, the more.
   */
  public EngineContext ringSize(int ringSize) {
    this.ringSize = ringSize;
    return this;
  }

  int ringSize() {
    return ringSize;
  }

  /** Most requests in a batch, 1 to the ring's size; 1,024 by default. */
  public EngineContext maxBatch(int maxBatch) {
    this.maxBatch = maxBatch;
    return this;
  }

  int maxBatch() {
    return maxBatch;
  }

  /**
   * Requests that a connection may have unanswered, 0 for the default: half of the ring, so that
   * two connections can fill it and one cannot.
   */
  public EngineContext maxInFlight(int maxInFlight) {
    this.maxInFlight = maxInFlight;
    return this;
  }

  int maxInFlight() {
    return maxInFlight;
  }

  /**
   * How long a view is kept for a connection that does not go on with it; more than 0, 30 s by
   * default. Meanwhile commands pay for it with the pages that they change.
   */
  public EngineContext viewIdleTimeout(Duration viewIdleTimeout) {
    this.viewIdleTimeout = viewIdleTimeout;
    return this;
  }

  Duration viewIdleTimeout() {
    return viewIdleTimeout;
  }

  /**
   * Resolves defaults, and checks the options and their relations.
   *
   * @throws IllegalArgumentException naming the option that is missing or does not fit.
   */
  EngineContext conclude() {
    check(ledger != null, "a ledger is missing");
    check(journal != null, "a journal is missing");
    check(failureListener != null, "a failure listener is missing");
    if (ringSize == 0) {
      ringSize = durability == Durability.SYNCED ? 4 * DEFAULT_RING_SIZE : DEFAULT_RING_SIZE;
    }
    check(
        BitUtil.isPowerOfTwo(ringSize) && ringSize <= MAX_RING_SIZE,
        "ring size " + ringSize + " is not a power of two up to " + MAX_RING_SIZE);
    check(
        maxBatch >= 1 && maxBatch <= ringSize,
        "max batch " + maxBatch + " is not in 1..ring size " + ringSize);
    check(
        !maxSyncDelay.isNegative() && maxSyncDelay.compareTo(MAX_SYNC_DELAY) <= 0,
        "max sync delay " + maxSyncDelay + " is not in 0.." + MAX_SYNC_DELAY);
    if (maxInFlight == 0) {
      maxInFlight = Math.max(1, ringSize / 2);
    }
    check(maxInFlight >= 1, "max in flight " + maxInFlight + " is below 1");
    check(
        viewIdleTimeout.compareTo(Duration.ZERO) > 0,
        "view idle timeout " + viewIdleTimeout + " is not above 0");
    final int longest = CommandBatch.encodedLength(Limits.MAX_MESSAGE_LENGTH);
    check(
        journal.maxBatchLength() >= longest,
        "the journal takes batches of "
            + journal.maxBatchLength()
            + " bytes, the longest command takes "
            + longest);
    check(
        journal.lastSequence() == ledger.sequence(),
        "the journal ends at sequence "
            + journal.lastSequence()
            + ", the ledger at "
            + ledger.sequence());
    return this;
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
