package dev.verdant.bench.campaign;

import dev.verdant.bench.report.Result;
import java.io.IOException;

/** Orders a second in the closed loop, beside what bounds them. */
public final class Throughput {
  private Throughput() {}

  /** Of the ledger alone, in process. */
  public static Result ofLedger(Settings settings, String name) throws IOException {
    try (LedgerAlone ledger = new LedgerAlone(settings).open()) {
      return ledger.throughput(name);
    }
  }

  /**
   * Of a server process over TCP.
   *
   * @throws IOException if the server does not start.
   */
  public static Result ofServer(Settings settings, String name) throws IOException {
    try (EchoUnderLoad echo = EchoUnderLoad.start(settings);
        ServerUnderLoad server = ServerUnderLoad.start(settings, name);
        OverTcp tcp = OverTcp.start(settings, server, echo, name)) {
      return tcp.measure();
    }
  }
}
