package dev.verdant.bench.load;

import dev.verdant.bench.workload.MessageSource;
import dev.verdant.bench.workload.TradingDay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * A server over TCP, driven by one thread over one or several connections.
 *
 * <p>The closed loop keeps every connection's window full, and sends only when a quarter of it is
 * free, so that reads and writes stay large. The open loop sends each request when it is due,
 * whatever has been answered, and counts its latency from then on: a stall is seen by every request
 * that it held up (no coordinated omission).
 *
 * <p>A server that leaves requests without a reply for two minutes, or breaks a connection off,
 * ends any loop with a {@link LoadFailedException}; one that leaves the hello so, the connecting.
 */
public final class TcpTarget implements LoadTarget {
  private static final int IDLE_TURNS = 8;
  private static final long MOST_SILENT_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final double NANOS_PER_SECOND = 1e9;

  private final Lane[] lanes;
  private final Selector selector;
  private final int window;
  private final long mostSilentNanos;
  private int idleTurns;

  /** When a reply came last, or nothing was waited for. */
  private long heardNanos;

  private TcpTarget(Lane[] lanes, Selector selector, int window, long mostSilentNanos) {
    this.lanes = lanes;
    this.selector = selector;
    this.window = window;
    this.mostSilentNanos = mostSilentNanos;
  }

  /**
   * Connects.
   *
   * @param connections a divisor of {@link TradingDay#LANES}.
   * @param window requests that a connection may have unanswered; the server's own bound if 0.
   */
  public static TcpTarget connect(InetSocketAddress address, int connections, int window)
      throws IOException {
    return connect(address, connections, window, MOST_SILENT_NANOS);
  }

  /**
   * The same.
   *
   * @param mostSilentNanos that requests, the hello among them, may be without any reply.
   */
  static TcpTarget connect(
      InetSocketAddress address, int connections, int window, long mostSilentNanos)
      throws IOException {
    if (connections < 1 || TradingDay.LANES % connections != 0) {
      throw new IllegalArgumentException(
          connections + " connections; the number must divide " + TradingDay.LANES);
    }
    final Lane[] lanes = new Lane[connections];
    final Selector selector = Selector.open();
    try {
      for (int i = 0; i < connections; i++) {
        lanes[i] = Lane.connect(address, mostSilentNanos);
        lanes[i].register(selector);
      }
    } catch (IOException | RuntimeException e) {
      CloseHelper.quietCloseAll(lanes);
      CloseHelper.quietClose(selector);
      throw e;
    }
    final int bound = lanes[0].serverWindow();
    return new TcpTarget(
        lanes, selector, window == 0 ? bound : Math.min(window, bound), mostSilentNanos);
  }

  /** Requests that a connection may have unanswered. */
  public int window() {
    return window;
  }

  @Override
  public long run(
      MessageSource source, long from, long to, ReplyHandler handler, Timeline timeline) {
    try {
      return closedLoop(source, from, to, handler, timeline);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static LoadFailedException broken(IOException cause) {
    return new LoadFailedException(
        "the connection to the server broke: " + cause.getMessage(), cause);
  }

  private long closedLoop(
      MessageSource source, long from, long to, ReplyHandler handler, Timeline timeline)
      throws IOException {
    final int count = source.isOrdered() ? 1 : lanes.length;
    begin(from, count);
    final int refill = Math.max(1, window / 4);
    final long start = System.nanoTime();
    long answered = 0;
    while (answered < to - from) {
      int work = 0;
      int delivered = 0;
      for (int i = 0; i < count; i++) {
        final Lane lane = lanes[i];
        final int free = window - lane.inFlight();
        if (free >= refill) {
          work += lane.encode(source, to, free);
        }
        lane.flush();
        if (lane.inFlight() > 0 && lane.fill() > 0) {
          delivered += lane.deliver(handler);
        }
      }
      if (delivered > 0) {
        timeline.record(System.nanoTime() - start, delivered);
        answered += delivered;
      }
      rest(work + delivered);
    }
    final long nanos = System.nanoTime() - start;
    timeline.endStretch(nanos);
    return nanos;
  }

  /**
   * Sends requests at a rate and records each one's latency in nanoseconds, from when it was due
   * until its reply was read.
   *
   * @param ratePerSecond requests a second, evenly spread.
   */
  public void openLoop(
      MessageSource source,
      long from,
      long to,
      double ratePerSecond,
      ReplyHandler handler,
      Histogram latencies) {
    begin(from, lanes.length);
    final double intervalNanos = NANOS_PER_SECOND / ratePerSecond;
    final long start = System.nanoTime();
    final Arrivals arrivals = new Arrivals(start, from, intervalNanos, handler, latencies);
    heardNanos = start;
    try {
      while (arrivals.count < to - from) {
        final long now = System.nanoTime();
        final long due = from + 1 + (long) ((now - start) / intervalNanos);
        final long answeredBefore = arrivals.count;
        int work = 0;
        for (final Lane lane : lanes) {
          work += lane.encode(source, Math.min(due, to), window - lane.inFlight());
          lane.flush();
          if (lane.inFlight() > 0 && lane.fill() > 0) {
            arrivals.nowNanos = System.nanoTime();
            work += lane.deliver(arrivals);
          }
        }
        if (arrivals.count > answeredBefore || !isWaiting()) {
          heardNanos = now;
        } else {
          requireReply(now, heardNanos);
        }
        giveWay(work);
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Sends one request at a time and records each one's round trip in nanoseconds. */
  public void lone(
      MessageSource source, long from, long to, ReplyHandler handler, Histogram latencies) {
    final Lane lane = lanes[0];
    try {
      for (long number = from; number < to; number++) {
        lane.begin(number, 1);
        final long sent = System.nanoTime();
        lane.encode(source, number + 1, 1);
        lane.flush();
        while (lane.inFlight() > 0) {
          final int delivered = lane.fill() > 0 ? lane.deliver(handler) : 0;
          if (delivered == 0) {
            requireReply(System.nanoTime(), sent);
          }
          giveWay(delivered);
        }
        latencies.recordValue(System.nanoTime() - sent);
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private boolean isWaiting() {
    for (final Lane lane : lanes) {
      if (lane.inFlight() > 0) {
        return true;
      }
    }
    return false;
  }

  /** Fails where requests have been without any reply for too long. */
  private void requireReply(long nowNanos, long sinceNanos) {
    if (nowNanos - sinceNanos > mostSilentNanos) {
      throw silent();
    }
  }

  private LoadFailedException silent() {
    return new LoadFailedException(
        "the server answers nothing: no reply within "
            + TimeUnit.NANOSECONDS.toSeconds(mostSilentNanos)
            + " s");
  }

  private void begin(long from, int count) {
    for (int i = 0; i < count; i++) {
      lanes[i].begin(from + i, count);
    }
  }

  /**
   * After a turn of the closed loop: lets the server have the core while there is nothing to do.
   */
  private void rest(int work) throws IOException {
    if (work > 0) {
      idleTurns = 0;
    } else if (++idleTurns <= IDLE_TURNS) {
      giveWay(0);
    } else if (selector.select(TimeUnit.NANOSECONDS.toMillis(mostSilentNanos)) == 0) {
      throw silent();
    } else {
      selector.selectedKeys().clear();
    }
  }

  /** After a turn that watches the clock: never sleeps. */
  @SuppressWarnings("ThreadPriorityCheck") // the server's threads share the two cores
  private static void giveWay(int work) {
    if (work == 0) {
      Thread.yield();
    }
  }

  @Override
  public void close() {
    for (final Lane lane : lanes) {
      lane.close();
    }
    CloseHelper.quietClose(selector);
  }

  /** Records latencies as replies arrive. */
  private static final class Arrivals implements ReplyHandler {
    private final long startNanos;
    private final long from;
    private final double intervalNanos;
    private final ReplyHandler next;
    private final Histogram latencies;
    private long nowNanos;
    private long count;

    Arrivals(
        long startNanos, long from, double intervalNanos, ReplyHandler next, Histogram latencies) {
      this.startNanos = startNanos;
      this.from = from;
      this.intervalNanos = intervalNanos;
      this.next = next;
      this.latencies = latencies;
    }

    @Override
    public void onReply(long number, DirectBuffer buffer, int offset, int length) {
      next.onReply(number, buffer, offset, length);
      final long dueNanos = startNanos + (long) ((number - from) * intervalNanos);
      latencies.recordValue(Math.max(0, nowNanos - dueNanos));
      count++;
    }
  }
}
