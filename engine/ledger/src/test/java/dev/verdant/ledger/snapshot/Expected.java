package dev.verdant.ledger.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.model.AccountView;
import dev.verdant.ledger.model.PoolView;
import dev.verdant.ledger.view.BookView;
import dev.verdant.ledger.view.DigestView;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a ledger without snapshots says, and a snapshot of the same sequence must say too. */
record Expected(
    long sequence,
    BigInteger digest,
    List<AccountView> accounts,
    List<PoolView> pools,
    Map<String, Map<String, Long>> trialBalance) {
  /** All figures of a ledger as of its last command. */
  static Expected of(LedgerDriver ledger) {
    return new Expected(
        ledger.sequence(),
        ledger.digest(),
        ledger.accounts(),
        ledger.pools(),
        ledger.trialBalance());
  }

  void requireAllOf(LedgerSnapshot snapshot) {
    assertThat(snapshot.sequence()).isEqualTo(sequence);
    assertThat(digest(snapshot)).as("digest of sequence %d", sequence).isEqualTo(digest);
    assertThat(accounts(snapshot)).as("accounts of sequence %d", sequence).isEqualTo(accounts);
    assertThat(pools(snapshot)).as("pools of sequence %d", sequence).isEqualTo(pools);
    assertThat(trialBalance(snapshot))
        .as("trial balance of sequence %d", sequence)
        .isEqualTo(trialBalance);
  }

  static BigInteger digest(LedgerSnapshot snapshot) {
    final DigestView digest = snapshot.digest();
    return new BigInteger(Long.toUnsignedString(digest.high()))
        .shiftLeft(Long.SIZE)
        .or(new BigInteger(Long.toUnsignedString(digest.low())));
  }

  private static List<AccountView> accounts(LedgerSnapshot snapshot) {
    final List<AccountView> accounts = new ArrayList<>();
    snapshot.forEachAccountFrom(0, account -> accounts.add(view(account)));
    return accounts;
  }

  static AccountView view(dev.verdant.ledger.view.AccountView account) {
    return new AccountView(
        account.account(),
        account.kind().name(),
        account.status().name(),
        account.coupon(),
        account.pending(),
        account.coin(),
        account.points(),
        account.payable(),
        account.reserve(),
        account.commission(),
        account.monthConsumption(),
        account.monthCredited(),
        account.turnover());
  }

  private static List<PoolView> pools(LedgerSnapshot snapshot) {
    return snapshot.pools().stream()
        .map(pool -> new PoolView(pool.pool(), pool.period(), pool.value(), pool.issued()))
        .toList();
  }

  private static Map<String, Map<String, Long>> trialBalance(LedgerSnapshot snapshot) {
    final Map<String, Map<String, Long>> assets = new TreeMap<>();
    for (final BookView book : snapshot.trialBalance()) {
      assets
          .computeIfAbsent(book.asset().name(), ignored -> new TreeMap<>())
          .put(book.account().name(), book.amount());
    }
    return assets;
  }
}
