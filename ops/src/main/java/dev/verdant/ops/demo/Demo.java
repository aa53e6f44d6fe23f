package dev.verdant.ops.demo;

import dev.verdant.client.request.Query;
import dev.verdant.client.request.Request;
import dev.verdant.client.result.Result;
import dev.verdant.client.result.SequenceResult;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.ops.history.HistoryRow;
import dev.verdant.ops.history.HistoryRows;
import dev.verdant.ops.process.ServerLaunch;
import dev.verdant.ops.process.ServerProcess;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.view.LedgerViews;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The main job, end to end: a server process, a year of real orders over the binary protocol, daily
 * releases, a kill in the middle, recovery, the rest of the year, and the checks.
 */
public final class Demo {
  private static final String ORDERS = "completejourney-baskets.csv.gz";

  /** Between two rounds through the stream, so that each lies behind the one before. */
  private static final long ROUND_MILLIS = 366L * 86_400_000L;

  /** Sent without waiting for answers before the kill, so that it finds commands in flight. */
  private static final int BLIND_ORDERS = 300;

  private final PrintWriter out;
  private final DemoReport report;
  private final DemoTally tally = new DemoTally();
  private final DemoLink link = new DemoLink();
  private ServerProcess server;
  private boolean blind;
  private long busyNanos;

  private Demo(PrintWriter out) {
    this.out = out;
    this.report = new DemoReport(out);
  }

  /**
   * Runs the demo.
   *
   * @param data a fresh directory.
   * @param scale times through the stream of orders.
   * @param out takes what it shows.
   * @throws CommandFailure if a check fails.
   */
  public static void run(Path data, int scale, PrintWriter out) throws IOException {
    Demo demo = new Demo(out);
    try (ReferenceLedger reference = new ReferenceLedger()) {
      demo.run(data, scale, reference);
    } finally {
      if (demo.server != null) {
        demo.server.close();
      }
      out.flush();
    }
  }

  private void run(Path data, int scale, ReferenceLedger reference) throws IOException {
    List<HistoryRow> rows = orders();
    say(
        "%,d real orders of a grocer's year, %d time(s); the ledger is in %s",
        rows.size(), scale, data);
    startServer(data);

    DemoReplay replay = new DemoReplay(sender(reference), tally);
    int total = rows.size() * scale;
    int killAt = total / 2;
    long startNanos = System.nanoTime();
    replay.configure(rows.get(0).timeMillis());
    for (int i = 0; i < total; i++) {
      int round = i / rows.size();
      replay.replay(rows.get(i % rows.size()), round, round * ROUND_MILLIS);
      if (i == killAt) {
        blind = true;
      } else if (i == killAt + BLIND_ORDERS) {
        blind = false;
        busyNanos += System.nanoTime() - startNanos;
        killAndRecover(data);
        startNanos = System.nanoTime();
      }
    }
    link.awaitAll();
    busyNanos += System.nanoTime() - startNanos;
    show();
    check(reference);
    link.close();
  }

  private void startServer(Path data) throws IOException {
    server =
        new ServerLaunch(data)
            .options(List.of("--clock", "commands"))
            .log(line -> say("  server: %s", line))
            .start();
    link.connect(server.port());
  }

  private DemoReplay.Sender sender(ReferenceLedger reference) {
    return new DemoReplay.Sender() {
      @Override
      public <R extends Result> void send(Request<R> command, Consumer<? super R> onResult) {
        reference.apply(command);
        if (!blind || !link.sendBlindly(command, onResult)) {
          link.send(command, onResult);
        }
      }
    };
  }

  private void killAndRecover(Path data) throws IOException {
    link.exchange().flush();
    say("%nSIGKILL to the server, %,d commands without an answer", link.exchange().unanswered());
    server.kill();
    int lost = link.takeLastAnswers();
    long acknowledged = link.lastSequence();
    say("acknowledged up to sequence %,d; starting again on the same directory", acknowledged);

    startServer(data);
    SequenceResult recovered = link.exchange().call(new Query.Sequence());
    say(
        "recovered up to sequence %,d: all that was acknowledged, and %,d commands more of %,d"
            + " that had no answer; sending those again",
        recovered.sequence(), recovered.sequence() - acknowledged, lost);
    if (recovered.sequence() < acknowledged) {
      throw CommandFailure.failed(
          "sequence " + acknowledged + " was acknowledged, recovered is " + recovered.sequence());
    }
    link.resend();
  }

  private void show() {
    report.throughput(tally.commands(), busyNanos);
    report.latency(link.latencyNanos());
    report.orders(tally);
    report.pools(link.exchange().call(new Query.Pools()));
    report.trialBalance(link.exchange().call(new Query.TrialBalance()));
  }

  private void check(ReferenceLedger reference) {
    TrialBalanceResult balance = link.exchange().call(new Query.TrialBalance());
    if (!balance.imbalances().isEmpty()) {
      throw CommandFailure.failed("the books do not balance: " + balance.imbalances());
    }
    say("%nthe books balance: %s each sum to 0", TrialBalanceResult.ASSETS);
    String found = LedgerViews.hex(link.exchange().call(new Query.Digest()));
    String wanted = LedgerViews.hex(reference.digest());
    if (!found.equals(wanted)) {
      throw CommandFailure.failed("the state's digest is " + found + ", undisturbed " + wanted);
    }
    say("exactly once: the state equals that of an undisturbed run, digest %s", found);
  }

  private void say(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
    out.flush();
  }

  private static List<HistoryRow> orders() throws IOException {
    InputStream in = Demo.class.getResourceAsStream(ORDERS);
    if (in == null) {
      throw new IOException(ORDERS + " is not on the class path");
    }
    return HistoryRows.readAll(ORDERS, in);
  }
}
