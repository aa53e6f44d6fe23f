package dev.verdant.client;

import dev.verdant.client.request.AccountFilter;
import dev.verdant.client.request.Query;
import dev.verdant.client.request.View;
import dev.verdant.client.result.AccountState;
import dev.verdant.client.result.AccountsQueryResult;
import dev.verdant.client.result.Outcome;
import dev.verdant.client.result.ScanResult;
import java.util.function.Consumer;

/**
 * Where a scan of accounts stands: which page to ask for next, and what has come of it. For one
 * thread at a time.
 */
public final class AccountScan {
  /** Accounts asked for at a time; the server sends as many as fit into a reply. */
  private static final int PAGE = 10_000;

  private final AccountFilter filter;
  private final boolean keepsView;
  private final Consumer<? super AccountState> onAccount;
  private View view;
  private long sequence;
  private boolean begun;
  private long nextAccount;
  private long accounts;
  private ScanResult result;

  /**
   * A scan that has not begun.
   *
   * @param fromAccount smallest id wanted.
   * @param view to read; the same for all pages.
   * @param onAccount takes each account, in ascending order of id.
   */
  public AccountScan(
      long fromAccount, AccountFilter filter, View view, Consumer<? super AccountState> onAccount) {
    this.nextAccount = fromAccount;
    this.filter = filter;
    this.view = view;
    this.keepsView = view.kept();
    this.onAccount = onAccount;
  }

  /** The page to ask for. */
  public Query.Accounts next() {
    return new Query.Accounts(nextAccount, PAGE, filter, view);
  }

  /**
   * Takes the page that was asked for.
   *
   * @return whether there is another to ask for; if not, {@link #result} tells what became of it.
   */
  public boolean onPage(AccountsQueryResult page) {
    if (!page.accepted()) {
      final Outcome outcome = page.outcome();
      result =
          new ScanResult(
              new Outcome(outcome.status(), sequence, outcome.resent(), outcome.detail()),
              page.ageMillis(),
              accounts,
              nextAccount);
      return false;
    }
    if (!begun) {
      begun = true;
      sequence = page.sequence();
      view = keepsView ? View.of(sequence).keep() : View.of(sequence);
    }
    page.accounts().forEach(onAccount);
    accounts += page.accounts().size();
    nextAccount = page.nextAccount();
    if (!page.more()) {
      result = new ScanResult(page.outcome(), page.ageMillis(), accounts, nextAccount);
    }
    return page.more();
  }

  /** What became of the scan, once it has ended. */
  public ScanResult result() {
    return result;
  }
}
