package dev.verdant.ops.cli;

import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.view.LedgerViews;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code verdant balance}. */
@Command(
    name = "balance",
    description =
        "Prints the trial balance: a JSON object of assets, each of account to amount; of which"
            + " sequence is told on standard error.")
public final class BalanceCommand extends ViewCommand {
  @Mixin private ViewAge age;

  @Override
  void check() {
    age.check();
  }

  @Override
  void write(Exchange exchange, JsonLines out) throws IOException {
    TrialBalanceResult books = new LedgerViews(exchange, out).writeTrialBalance(age.view());
    ViewAge.tell(books.sequence(), books.ageMillis());
  }
}
