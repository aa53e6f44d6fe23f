package dev.verdant.ops.server;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Standard error of a server, at which nobody waits: a pipe that nobody reads any more, or a
 * terminal that is held, takes nothing, and would stop whichever thread has a line for it. A thread
 * of its own passes on what is written here. What it cannot get rid of is kept up to a bound. What
 * is beyond that, and what standard error refuses (a full disk, a pipe without a reader), is lost
 * and counted, and a line in its place says how much as soon as there is room for one. Safe from
 * any thread.
 */
public final class ServerLog extends OutputStream {
  /** Bytes kept for a reader at least: a server writes some ten lines an hour. */
  static final int CAPACITY = 1 << 20;

  /** How long an end of the process waits for its last lines to be taken. */
  private static final long END_MILLIS = 1_000;

  /** After an error, which may come again and again. */
  private static final long ERROR_REST_MILLIS = 100;

  private final OutputStream target;

  /** What has not been passed on, but for what is being so; guarded by this, as all below. */
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

  /** There is something to be passed on. */
  private boolean due;

  private boolean passing;

  /** Of what is being passed on: bytes, but for the line that it begins with. */
  private int kept;

  /** Bytes lost before that, as that line says; 0 where it has none. */
  private long told;

  /** Bytes lost before those that wait, of which no line has told yet. */
  private long untold;

  /** Bytes lost behind those that wait, for want of room. */
  private long crowdedOut;

  private long lost;

  private ServerLog(OutputStream target) {
    this.target = target;
  }

  /**
   * Puts one in the place of {@link System#err}; what is left in it when the process ends has a
   * second.
   */
  public static ServerLog install() {
    // Not by way of the stream that is there, which tells of no failure.
    ServerLog log = over(new FileOutputStream(FileDescriptor.err));
    System.setErr(
        new PrintStream(log, false, Charset.forName(System.getProperty("native.encoding"))));
    Runtime.getRuntime().addShutdownHook(new Thread(log::drain, "verdant-log-end"));
    return log;
  }

  /** One that passes on to a stream, by a thread that keeps no process from ending. */
  static ServerLog over(OutputStream target) {
    ServerLog log = new ServerLog(target);
    Thread thread = new Thread(log::passOn, "verdant-log");
    thread.setDaemon(true);
    thread.start();
    return log;
  }

  @Override
  public void write(int oneByte) {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  /** Does not wait: where there is no room, and until all that is kept has gone, it is lost. */
  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (crowdedOut > 0 || waiting.size() + length > CAPACITY) {
      crowdedOut += length;
      lost += length;
    } else {
      waiting.write(bytes, offset, length);
    }
    due = true;
    notifyAll();
  }

  /** Bytes that were lost so far. */
  public synchronized long lostBytes() {
    return lost;
  }

  /** Waits until all has been passed on, but not for long. */
  public synchronized void drain() {
    final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
    try {
      for (long left = END_MILLIS; (passing || due) && left > 0; ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void passOn() {
    try {
      while (true) {
        try {
          passOn(next());
        } catch (Error e) {
          // Too little memory: there may be more in a moment, and something to tell of it.
          TimeUnit.MILLISECONDS.sleep(ERROR_REST_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it.
      Thread.currentThread().interrupt();
    }
  }

  private void passOn(byte[] bytes) {
    boolean passed = false;
    try {
      target.write(bytes);
      target.flush();
      passed = true;
    } catch (IOException e) {
      // Counted below; there is nobody to be told now.
    } finally {
      if (!passed) {
        lose();
      }
    }
  }

  /** Counts all of it, though some may have gone out; told of with the next line. */
  private synchronized void lose() {
    untold += told + kept;
    lost += kept;
  }

  /** All that is there to be passed on; waits until there is something. */
  private synchronized byte[] next() throws InterruptedException {
    passing = false;
    notifyAll();
    while (!due) {
      wait();
    }
    passing = true;
    final String line = untold == 0 ? "" : "... " + untold + " bytes of the log were lost here\n";
    final byte[] bytes = new byte[line.length() + waiting.size()];
    System.arraycopy(line.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, line.length());
    System.arraycopy(waiting.toByteArray(), 0, bytes, line.length(), waiting.size());
    kept = waiting.size();
    waiting.reset();
    told = untold;
    untold = crowdedOut;
    crowdedOut = 0;
    due = untold > 0;
    return bytes;
  }
}
