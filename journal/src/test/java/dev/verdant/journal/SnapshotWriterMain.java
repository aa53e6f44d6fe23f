package dev.verdant.journal;

import dev.verdant.protocol.codec.Durability;
import java.nio.file.Path;

/** Trades and takes snapshots until it is killed; prints the last sequence of each batch. */
final class SnapshotWriterMain {
  private static final int SNAPSHOT_BATCHES = 5;
  private static final int BATCH = 20;

  public static void main(String[] args) throws Exception {
    final Trader trader = new Trader();
    try (DataDirectory data =
        DataDirectory.open(Path.of(args[0]), TestOptions.small(), Durability.WRITTEN)) {
      for (int batch = 1; ; batch++) {
        trader.trade(data, 1, BATCH);
        System.out.println(data.ledger().sequence());
        if (batch % SNAPSHOT_BATCHES == 0) {
          data.journal().roll();
          data.takeSnapshot();
        }
      }
    }
  }

  private SnapshotWriterMain() {}
}
