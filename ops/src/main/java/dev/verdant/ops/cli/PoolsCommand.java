package dev.verdant.ops.cli;

import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.view.LedgerViews;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code verdant pools}. */
@Command(name = "pools", description = "Prints every pool, one JSON line each.")
public final class PoolsCommand extends ViewCommand {
  @Override
  void write(Exchange exchange, JsonLines out) throws IOException {
    new LedgerViews(exchange, out).writePools();
  }
}
