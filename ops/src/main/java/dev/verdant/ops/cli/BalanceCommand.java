package dev.verdant.ops.cli;

import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.view.LedgerViews;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code verdant balance}. */
@Command(
    name = "balance",
    description = "Prints the trial balance: a JSON object of assets, each of account to amount.")
public final class BalanceCommand extends ViewCommand {
  @Override
  void write(Exchange exchange, JsonLines out) throws IOException {
    new LedgerViews(exchange, out).writeTrialBalance();
  }
}
