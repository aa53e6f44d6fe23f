package dev.verdant.journal;

import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.protocol.codec.Durability;
import java.nio.file.Path;

/** Appends batches until it is killed, and prints the last sequence of each once it is kept. */
final class WriterMain {
  private static final int MAX_BATCH = 50;
  private static final int SEGMENT_BATCHES = 30;

  public static void main(String[] args) throws Exception {
    final Orders orders = new Orders();
    final Durability durability = Durability.valueOf(args[1]);
    try (JournalDirectory directory =
        JournalDirectory.open(Path.of(args[0]), TestOptions.small(), durability, orders)) {
      for (int batch = 1; ; batch++) {
        orders.append(directory.journal(), 1 + batch % MAX_BATCH);
        if (durability == Durability.SYNCED) {
          directory.journal().force();
        }
        System.out.println(directory.journal().lastSequence());
        if (batch % SEGMENT_BATCHES == 0) {
          directory.journal().roll();
        }
      }
    } catch (DataDirectoryInUseException e) {
      System.out.println(e.getMessage());
    }
  }

  private WriterMain() {}
}
