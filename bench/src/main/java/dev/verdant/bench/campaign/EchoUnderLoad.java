package dev.verdant.bench.campaign;

import dev.verdant.bench.limit.EchoServer;
import dev.verdant.bench.load.JavaProcess;
import dev.verdant.bench.load.OkReplies;
import dev.verdant.bench.load.TcpTarget;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.TradingDay;
import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The bare echo over the transport of the server, under the same loads. */
final class EchoUnderLoad implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;

  private final JavaProcess process;
  private final int connections;
  private final TradingDay day;

  /** Null until there is a server to be like. */
  private TcpTarget target;

  private EchoUnderLoad(JavaProcess process, int connections, TradingDay day) {
    this.process = process;
    this.connections = connections;
    this.day = day;
  }

  /** Starts it; before any load {@link #beLike} must be called. */
  static EchoUnderLoad start(Settings settings) throws IOException {
    final JavaProcess process =
        JavaProcess.start(
            List.of(EchoServer.class.getName()), settings.workDirectory().resolve("echo.log"));
    try {
      final TradingDay day =
          new TradingDay(new Population(settings.profile()), settings.requestsADay());
      day.next();
      return new EchoUnderLoad(process, settings.connections(), day);
    } catch (RuntimeException e) {
      process.kill();
      throw e;
    }
  }

  /**
   * Lets as many requests be unanswered as the load of a server does: a server that forces has a
   * larger window than one that does not.
   */
  void beLike(ServerUnderLoad server) throws IOException {
    final int window = server.target().window();
    if (target == null || target.window() != window) {
      disconnect();
      target = TcpTarget.connect(process.address(), connections, window);
    }
  }

  private void disconnect() {
    if (target != null) {
      target.close();
    }
  }

  /** Requests a second in the closed loop. */
  double throughput(long leastNanos) {
    long nanos = 0;
    long count = 0;
    do {
      nanos += target.run(day, 0, day.count(), new OkReplies(), new Timeline());
      count += day.count();
    } while (nanos < leastNanos);
    return count * NANOS_PER_SECOND / nanos;
  }

  /** So many, a day after the other as a server gets them. */
  Histogram lone(long requests) {
    final Histogram latencies = new Histogram(3);
    int count;
    for (long left = requests; left > 0; left -= count) {
      count = (int) Math.min(left, day.count());
      target.lone(day, 0, count, new OkReplies(), latencies);
    }
    return latencies;
  }

  /** The same at a rate. */
  Histogram openLoop(double ratePerSecond, long requests) {
    final Histogram latencies = new Histogram(3);
    int count;
    for (long left = requests; left > 0; left -= count) {
      count = (int) Math.min(left, day.count());
      target.openLoop(day, 0, count, ratePerSecond, new OkReplies(), latencies);
    }
    return latencies;
  }

  @Override
  public void close() {
    disconnect();
    day.close();
    process.kill();
  }
}
