package dev.verdant.ops.server;

import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;

/** An engine without a server, on a data directory of its own. */
record EngineOnDisk(DataDirectory data, Engine engine) implements AutoCloseable {
  static EngineOnDisk open(Path directory) throws IOException {
    DataDirectory data =
        DataDirectory.open(directory, new JournalOptions().reserveBytes(0), Durability.WRITTEN);
    return new EngineOnDisk(
        data,
        Engine.launch(
            new EngineContext()
                .ledger(data.ledger())
                .journal(data.journal())
                .failureListener(cause -> {})));
  }

  @Override
  public void close() throws IOException {
    engine.close();
    data.close();
  }
}
