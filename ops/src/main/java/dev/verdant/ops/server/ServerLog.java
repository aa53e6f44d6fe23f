package dev.verdant.ops.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Standard error of a server, at which nobody waits: a pipe that nobody reads any more, or a
 * terminal that is held, takes nothing, and would stop whichever thread has a line for it. A thread
 * of its own passes on what is written here. What it cannot get rid of is kept up to a bound, then
 * lost and counted, and a line says how much once it is read on. Safe from any thread.
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

  private boolean passing;
  private long untold;
  private long lost;

  private ServerLog(OutputStream target) {
    this.target = target;
  }

  /**
   * Puts one in the place of {@link System#err}; what is left in it when the process ends has a
   * second.
   */
  public static ServerLog install() {
    ServerLog log = over(System.err);
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
    if (untold > 0 || waiting.size() + length > CAPACITY) {
      untold += length;
      lost += length;
    } else {
      waiting.write(bytes, offset, length);
    }
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
      for (long left = END_MILLIS; (passing || waiting.size() > 0 || untold > 0) && left > 0; ) {
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
          target.write(next());
          target.flush();
        } catch (IOException e) {
          // Nobody is there to be told: as with any line that a print stream cannot write.
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

  /** All that is there to be passed on; waits until there is something. */
  private synchronized byte[] next() throws InterruptedException {
    passing = false;
    notifyAll();
    while (waiting.size() == 0 && untold == 0) {
      wait();
    }
    passing = true;
    if (untold > 0) {
      waiting.writeBytes(
          ("... " + untold + " bytes of the log were lost: nobody read it\n")
              .getBytes(StandardCharsets.US_ASCII));
      untold = 0;
    }
    final byte[] next = waiting.toByteArray();
    waiting.reset();
    return next;
  }
}
