package dev.verdant.bench.campaign;

import dev.verdant.bench.load.InProcessTarget;
import dev.verdant.bench.load.Trade;
import java.io.IOException;
import java.util.List;

/** Orders a second in the closed loop. */
public final class Throughput {
  private Throughput() {}

  /** Of the ledger alone, in process. */
  public static Result ofLedger(Settings settings, String name) {
    try (InProcessTarget target = new InProcessTarget();
        Trade trade = new Trade(target, settings.profile(), settings.requestsADay())) {
      trade.open();
      settings.say("%s: %,d accounts opened", name, trade.population().accounts());
      return measure(new ClosedLoop(settings, trade, name), settings.runs());
    }
  }

  /**
   * Of a server process over TCP.
   *
   * @throws IOException if the server does not start.
   */
  public static Result ofServer(Settings settings, String name) throws IOException {
    try (ServerUnderLoad server = ServerUnderLoad.start(settings, name)) {
      return measure(new ClosedLoop(settings, server.trade(), name), settings.runs());
    }
  }

  private static Result measure(ClosedLoop loop, int runs) {
    loop.warmUp();
    for (int run = 0; run < runs; run++) {
      loop.measure();
    }
    return new Result(List.of(loop.row()), List.of(loop.plot()));
  }
}
