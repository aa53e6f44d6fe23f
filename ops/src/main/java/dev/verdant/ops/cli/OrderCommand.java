package dev.verdant.ops.cli;

import dev.verdant.ops.history.ExternalIds;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.view.LedgerViews;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code verdant order}. */
@Command(name = "order", description = "Prints one order's record as a JSON object.")
public final class OrderCommand extends ViewCommand {
  @Parameters(
      paramLabel = "ID",
      description = "The order's id: decimal, or the text that an imported history gave it.")
  private String id;

  @Override
  void write(Exchange exchange, JsonLines out) throws IOException {
    new LedgerViews(exchange, out).writeOrder(ExternalIds.transactionId(id));
  }
}
