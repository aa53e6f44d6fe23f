package dev.verdant.ops.cli;

import dev.verdant.client.request.AccountFilter;
import dev.verdant.client.result.ScanResult;
import dev.verdant.ops.history.ExternalIds;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.view.AccountsView;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verdant accounts}. */
@Command(
    name = "accounts",
    description =
        "Prints accounts, one JSON line each, ascending by id, all as of one sequence, which is told"
            + " on standard error.")
public final class AccountsCommand extends ViewCommand {
  /** Kinds of account, as options name them. */
  enum KindOption {
    CONSUMER(AccountKind.CONSUMER),
    MERCHANT(AccountKind.MERCHANT),
    MARKETER(AccountKind.MARKETER),
    DISTRICT_AGENT(AccountKind.DISTRICT_AGENT),
    PROVINCIAL_AGENT(AccountKind.PROVINCIAL_AGENT);

    private final AccountKind kind;

    KindOption(AccountKind kind) {
      this.kind = kind;
    }
  }

  /** Statuses of accounts, as options name them. */
  enum StatusOption {
    ACTIVE(AccountStatus.ACTIVE),
    FROZEN(AccountStatus.FROZEN),
    CLOSED(AccountStatus.CLOSED);

    private final AccountStatus status;

    StatusOption(AccountStatus status) {
      this.status = status;
    }
  }

  @Option(
      names = "--account",
      paramLabel = "ID",
      description =
          "Only this account, as of now: decimal, or the text that an imported history gave it;"
              + " repeatable, not together with --from, --to, --kind and --status.")
  private List<String> accounts = new ArrayList<>();

  @Option(names = "--from", paramLabel = "ID", description = "Accounts from this id on.")
  private String from;

  @Option(names = "--to", paramLabel = "ID", description = "Accounts up to this id.")
  private String to;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Accounts of this kind: ${COMPLETION-CANDIDATES}.")
  private KindOption kind;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Accounts of this status: ${COMPLETION-CANDIDATES}.")
  private StatusOption status;

  @Mixin private ViewAge age;

  @Override
  void check() {
    age.check();
    boolean selects = from != null || to != null || kind != null || status != null || age.isGiven();
    if (!accounts.isEmpty() && selects) {
      throw CommandFailure.usage(
          "--account goes with none of --from, --to, --kind, --status and --max-age");
    }
  }

  @Override
  void write(Exchange exchange, JsonLines out) throws IOException {
    AccountsView view = new AccountsView(exchange, out);
    if (accounts.isEmpty()) {
      ScanResult scan =
          view.writeAll(from == null ? 0 : ExternalIds.accountId(from), filter(), age.view());
      ViewAge.tell(scan.sequence(), scan.ageMillis());
      return;
    }
    for (long account : accountsAscending()) {
      view.write(account);
    }
  }

  private List<Long> accountsAscending() {
    return accounts.stream()
        .map(ExternalIds::accountId)
        .sorted(Long::compareUnsigned)
        .distinct()
        .toList();
  }

  private AccountFilter filter() {
    AccountFilter filter = AccountFilter.all();
    if (to != null) {
      filter = filter.upTo(ExternalIds.accountId(to));
    }
    if (kind != null) {
      filter = filter.ofKind(kind.kind);
    }
    return status == null ? filter : filter.ofStatus(status.status);
  }
}
