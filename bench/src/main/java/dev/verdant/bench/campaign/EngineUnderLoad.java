package dev.verdant.bench.campaign;

import dev.verdant.bench.load.EngineTarget;
import dev.verdant.bench.load.Trade;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;

/** An engine with its journal in this process, its accounts open. */
final class EngineUnderLoad implements AutoCloseable {
  private final Path directory;
  private final EngineTarget target;
  private final Trade trade;

  private EngineUnderLoad(Settings settings, Path directory, EngineTarget target) {
    this.directory = directory;
    this.target = target;
    this.trade = new Trade(target, settings.profile(), settings.requestsADay());
  }

  /**
   * Launches it on a directory of its own and opens the accounts.
   *
   * @throws dev.verdant.bench.load.WrongResultException if one cannot be opened.
   */
  static EngineUnderLoad launch(Settings settings, Durability durability) throws IOException {
    final Path directory = Files.createTempDirectory(settings.workDirectory(), "engine-");
    final EngineUnderLoad engine =
        new EngineUnderLoad(settings, directory, EngineTarget.launch(directory, durability));
    try {
      engine.trade.open();
      return engine;
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  Trade trade() {
    return trade;
  }

  @Override
  public void close() {
    CloseHelper.closeAll(trade, target);
    IoUtil.delete(directory.toFile(), true);
  }
}
