package dev.verdant.journal.append;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * With {@code written} nothing waits for the disk, and a system writes changed pages of a map when
 * it likes, half a minute later or more. So what was appended is forced from time to time by a
 * thread of its own: loss of power then costs no more than that time, and after a disk has failed
 * the next append is refused.
 *
 * <p>Only where little has been appended since: to write a mapped page the system has to stop every
 * processor that may be writing to it, so that much of it would be felt. Much is left to {@link
 * PagesBehind} and the system until there is less; meanwhile this one only asks whether what they
 * have written has reached the disk.
 */
final class LateForce implements AutoCloseable {
  /** Appended since the last time, beyond which it is left to others: some 13,000 orders. */
  private static final long LITTLE_BYTES = 1 << 20;

  private final LongSupplier appendedBytes;
  private final BooleanSupplier force;
  private final BooleanSupplier look;
  private final long intervalNanos;
  private final Thread thread;
  private volatile boolean closed;

  // Of the thread.
  private long seenBytes;
  private boolean owed;

  /**
   * Not started.
   *
   * @param appendedBytes so far.
   * @param force returns whether it, and the look, may be called again.
   * @param look for errors of others' writing; returns the same.
   */
  LateForce(
      LongSupplier appendedBytes,
      BooleanSupplier force,
      BooleanSupplier look,
      long intervalMillis) {
    this.appendedBytes = appendedBytes;
    this.force = force;
    this.look = look;
    this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    this.thread = new Thread(this::run, "verdant-journal-force");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed && lookAfter()) {
      LockSupport.parkNanos(intervalNanos);
    }
  }

  /** Forces if it is time to; returns whether there may be more to do. */
  boolean lookAfter() {
    final long bytes = appendedBytes.getAsLong();
    final long more = bytes - seenBytes;
    seenBytes = bytes;
    if (more > LITTLE_BYTES) {
      owed = true;
      return look.getAsBoolean();
    }
    if (more == 0 && !owed) {
      return true;
    }
    owed = false;
    return force.getAsBoolean();
  }

  /** Whatever it is doing ends by itself. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
