package dev.verdant.ops.view;

import dev.verdant.client.AccountScan;
import dev.verdant.client.request.AccountFilter;
import dev.verdant.client.request.Query;
import dev.verdant.client.request.View;
import dev.verdant.client.result.AccountQueryResult;
import dev.verdant.client.result.AccountState;
import dev.verdant.client.result.ScanResult;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Accounts, one line each, with releases caught up. */
public final class AccountsView {
  private final Exchange exchange;
  private final JsonLines out;

  public AccountsView(Exchange exchange, JsonLines out) {
    this.exchange = exchange;
    this.out = out;
  }

  /** Writes every account in ascending id order, as of the last command. */
  public void writeAll() throws IOException {
    writeAll(0, AccountFilter.all(), View.now());
  }

  /**
   * Writes the accounts wanted in ascending id order, all from one view.
   *
   * @param fromAccount smallest id wanted.
   * @return which view it was.
   * @throws CommandFailure if the view was given up meanwhile; what has been written is not all.
   */
  public ScanResult writeAll(long fromAccount, AccountFilter filter, View view) throws IOException {
    AccountScan scan = new AccountScan(fromAccount, filter, view, this::writeUnchecked);
    try {
      boolean more = true;
      while (more) {
        more = scan.onPage(exchange.call(scan.next()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.flush();
    ScanResult result = scan.result();
    if (!result.accepted()) {
      throw CommandFailure.failed(
          result.status()
              + " after "
              + result.accounts()
              + " accounts as of sequence "
              + result.sequence()
              + ": what was printed is not all; begin again");
    }
    return result;
  }

  private void writeUnchecked(AccountState account) {
    try {
      write(account);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
