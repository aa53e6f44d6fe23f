package dev.verdant.ops.cli;

import dev.verdant.ops.history.ExternalIds;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.view.AccountsView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verdant accounts}. */
@Command(
    name = "accounts",
    description =
        "Prints the accounts as of the last command, one JSON line each, ascending by id.")
public final class AccountsCommand extends ViewCommand {
  @Option(
      names = "--account",
      paramLabel = "ID",
      description =
          "Only this account: decimal, or the text that an imported history gave it; repeatable.")
  private List<String> accounts = new ArrayList<>();

  @Override
  void write(Exchange exchange, JsonLines out) throws IOException {
    AccountsView view = new AccountsView(exchange, out);
    if (accounts.isEmpty()) {
      view.writeAll();
    }
    for (String account : accounts) {
      view.write(ExternalIds.accountId(account));
    }
  }
}
