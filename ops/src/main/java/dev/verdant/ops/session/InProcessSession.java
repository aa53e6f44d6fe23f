package dev.verdant.ops.session;

import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session with a ledger that runs in this process, with its journal; time comes with commands.
 */
public final class InProcessSession implements LedgerSession {
  private static final Logger LOGGER = LoggerFactory.getLogger(InProcessSession.class);

  private final Path path;
  private final DataDirectory directory;
  private final Engine engine;
  private final MessageConnection connection;

  private InProcessSession(Path path, DataDirectory directory, Engine engine) {
    this.path = path;
    this.directory = directory;
    this.engine = engine;
    this.connection = engine.connect();
  }

  /**
   * Opens a data directory, recovers its ledger and starts an engine on it.
   *
   * @throws dev.verdant.journal.disk.DataDirectoryInUseException if it has an owner.
   * @throws dev.verdant.journal.JournalDamagedException if going on would lose what was
   *     acknowledged.
   * @throws IOException if it cannot be read or written.
   */
  public static InProcessSession open(Path path) throws IOException {
    DataDirectory directory = DataDirectory.open(path, new JournalOptions(), Durability.WRITTEN);
    Engine engine = null;
    try {
      engine =
          Engine.launch(
              new EngineContext()
                  .ledger(directory.ledger())
                  .journal(directory.journal())
                  .durability(Durability.WRITTEN)
                  .clockMode(ClockMode.COMMANDS)
                  .failureListener(
                      cause -> LOGGER.error("the engine failed: {}", cause.getMessage())));
      return new InProcessSession(path, directory, engine);
    } catch (RuntimeException | Error e) {
      CloseHelper.close(e::addSuppressed, engine);
      CloseHelper.close(e::addSuppressed, directory);
      throw e;
    }
  }

  @Override
  public MessageConnection connection() {
    return connection;
  }

  @Override
  public ClockMode clock() {
    return ClockMode.COMMANDS;
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public void close() throws IOException {
    CloseHelper.closeAll(connection, engine, directory);
  }
}
