package dev.verdant.ops.view;

import dev.verdant.client.request.Query;
import dev.verdant.client.result.AccountQueryResult;
import dev.verdant.client.result.AccountState;
import dev.verdant.client.result.AccountsQueryResult;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.util.List;

/** Accounts, one line each, as of the last command applied with releases caught up. */
public final class AccountsView {
  /** Accounts asked for at a time; the ledger sends as many as fit into a reply. */
  private static final int PAGE = 10_000;

  private final Exchange exchange;
  private final JsonLines out;

  public AccountsView(Exchange exchange, JsonLines out) {
    this.exchange = exchange;
    this.out = out;
  }

  /**
   * Writes every account in ascending id order. Accounts are read a page at a time; commands that a
   * server takes meanwhile show in the pages behind.
   */
  public void writeAll() throws IOException {
    long from = 1;
    boolean more = true;
    while (more) {
      AccountsQueryResult page = Queries.answered(exchange, new Query.Accounts(from, PAGE));
      List<AccountState> accounts = page.accounts();
      for (AccountState account : accounts) {
        write(account);
      }
      more = page.more() && !accounts.isEmpty();
      if (more) {
        from = accounts.get(accounts.size() - 1).account() + 1;
      }
    }
    out.flush();
  }

  /**
   * Writes one account.
   *
   * @throws CommandFailure if there is none of this id.
   */
  public void write(long account) throws IOException {
    AccountQueryResult result = exchange.call(new Query.Account(account));
    if (result.status() == Status.ACCOUNT_NOT_FOUND || result.account().isEmpty()) {
      out.flush();
      throw CommandFailure.failed("no account " + Long.toUnsignedString(account));
    }
    write(result.account().get());
    out.flush();
  }

  private void write(AccountState account) throws IOException {
    out.begin()
        .id("account", account.account())
        .text("kind", account.kind().name())
        .text("status", account.status().name())
        .number("coupon", account.couponFen())
        .number("pending", account.pendingFen())
        .number("coin", account.coinCc())
        .number("points", account.pointsCp())
        .number("payable", account.payableFen())
        .number("reserve", account.reserveFen())
        .number("commission", account.commissionFen())
        .number("month_consumption", account.monthConsumptionFen())
        .number("month_credited", account.monthCreditedFen())
        .number("turnover", account.turnoverFen())
        .end();
  }
}
