package dev.verdant.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.AccountScan;
import dev.verdant.client.TcpMessageConnection;
import dev.verdant.client.request.AccountFilter;
import dev.verdant.client.request.Query;
import dev.verdant.client.request.View;
import dev.verdant.client.result.AccountState;
import dev.verdant.client.result.DigestResult;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.ops.session.Exchange;
import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;
import dev.verdant.protocol.codec.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** A connection that reads the books and all accounts from one view and compares them. */
final class ReaderUnderTest implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 120;

  private final TcpMessageConnection connection;
  private final Exchange exchange;
  private final List<AccountState> accounts = new ArrayList<>();
  private TrialBalanceResult books;

  ReaderUnderTest(int port) {
    connection =
        TcpMessageConnection.connect(
            ServerUnderTest.HOST, port, Duration.ofSeconds(DEADLINE_SECONDS));
    exchange = new Exchange(connection, 1, DEADLINE_SECONDS);
  }

  /** Opens a view that holds all commands answered so far; returns its sequence. */
  long openView() {
    books = exchange.call(new Query.TrialBalance(View.now().keep()));
    assertThat(books.status()).isEqualTo(Status.OK);
    return books.sequence();
  }

  /** Digest of the view. */
  String digest() {
    final DigestResult digest = exchange.call(new Query.Digest(View.of(books.sequence()).keep()));
    assertThat(digest.status()).isEqualTo(Status.OK);
    assertThat(digest.sequence()).isEqualTo(books.sequence());
    return Long.toHexString(digest.high()) + Long.toHexString(digest.low());
  }

  /** Reads all accounts of the view, page by page, and lets go of it. */
  List<AccountState> scan() {
    final AccountScan scan =
        new AccountScan(0, AccountFilter.all(), View.of(books.sequence()), accounts::add);
    boolean more = true;
    while (more) {
      more = scan.onPage(exchange.call(scan.next()));
    }
    assertThat(scan.result().status()).isEqualTo(Status.OK);
    assertThat(scan.result().sequence()).isEqualTo(books.sequence());
    assertThat(scan.result().accounts()).isEqualTo(accounts.size());
    return accounts;
  }

  /** Checks that the books balance, and that the accounts are what stands in them. */
  void assertConsistent() {
    assertThat(books.imbalances()).as("at %d", books.sequence()).isEmpty();
    assertSum(Asset.CNY, BookAccount.MERCHANT_PAYABLE, account -> -account.payableFen());
    assertSum(Asset.CNY, BookAccount.MERCHANT_RESERVE, account -> -account.reserveFen());
    assertSum(Asset.CNY, BookAccount.COMMISSION_PAYABLE, account -> -account.commissionFen());
    assertSum(Asset.POINTS, BookAccount.HELD, AccountState::pointsCp);
    assertSum(Asset.COIN, BookAccount.HELD, AccountState::coinCc);
    assertSum(Asset.COUPON, BookAccount.HELD, AccountState::couponFen);
  }

  private void assertSum(Asset asset, BookAccount account, ToLongFunction<AccountState> holding) {
    assertThat(accounts.stream().mapToLong(holding).sum())
        .as("%s of all accounts at %d", account, books.sequence())
        .isEqualTo(books.amount(asset, account));
  }

  @Override
  public void close() {
    connection.close();
  }
}
