package dev.verdant.bench.piece;

import dev.verdant.protocol.codec.AccountKind;
import java.util.SplittableRandom;

/**
 * A ledger in the middle of trade by the program's defaults: points for buyers, merchants and
 * referrers, coins, commissions of three agents. Each day opens a period that pays to eight cohorts
 * in either pool. Every fifth member was referred by another, every merchant has its agents, every
 * member has a lot in each of the cohorts, and its order credits the coupons that it has pending.
 *
 * <p>From day to day nothing grows without bound: a cohort exits after eight periods, so that as
 * many lots go as come, and transactions are forgotten after a day. What does grow are figures
 * (balances, the totals of the books, the pools' values), and the list of cohorts by two a day.
 */
final class OngoingTrade implements AutoCloseable {
  static final int LOTS = 8;

  /** Points of a lot that is issued, in 1/100. */
  static final long LOT_POINTS = 10_000;

  static final int MERCHANTS = 1_000;
  private static final int AGENTS_OF_A_KIND = 100;
  private static final long FIRST_MARKETER = 1;
  private static final long FIRST_DISTRICT = FIRST_MARKETER + AGENTS_OF_A_KIND;
  private static final long FIRST_PROVINCE = FIRST_DISTRICT + AGENTS_OF_A_KIND;
  private static final int MEMBERS_A_REFERRED = 5;
  static final long INITIAL_VALUE = 1_000_000;

  /** Orders that end a day, so that there is always something bought from which to release. */
  static final int LAST_ORDERS = 10_000;

  static final int LAST_AMOUNT = 5_000;

  private final int members;
  private final LedgerDriver ledger = new LedgerDriver();
  private final SplittableRandom random = new SplittableRandom(2);
  private long lastOrderOfTheDayBefore;

  /** Opens all accounts and gives each member its lots, a day for each. */
  OngoingTrade(int members) {
    this.members = members;
    ledger.configureTrade(INITIAL_VALUE, LOTS);
    openAgents(FIRST_MARKETER, AccountKind.MARKETER);
    openAgents(FIRST_DISTRICT, AccountKind.DISTRICT_AGENT);
    openAgents(FIRST_PROVINCE, AccountKind.PROVINCIAL_AGENT);
    for (int i = 0; i < MERCHANTS; i++) {
      final int agent = i % AGENTS_OF_A_KIND;
      ledger.openMerchant(
          LedgerDriver.FIRST_MERCHANT + i,
          FIRST_MARKETER + agent,
          FIRST_DISTRICT + agent,
          FIRST_PROVINCE + agent);
    }
    for (int i = 0; i < members; i++) {
      final boolean referred = i % MEMBERS_A_REFERRED == MEMBERS_A_REFERRED - 1;
      ledger.openMember(
          LedgerDriver.FIRST_MEMBER + i,
          referred ? LedgerDriver.FIRST_MEMBER + random.nextInt(i) : 0);
    }
    issueLots();
    for (int lot = 1; lot < LOTS; lot++) {
      nextDay();
      issueLots();
    }
  }

  private void openAgents(long first, AccountKind kind) {
    for (int i = 0; i < AGENTS_OF_A_KIND; i++) {
      ledger.openAgent(first + i, kind);
    }
  }

  private void issueLots() {
    for (int i = 0; i < members; i++) {
      ledger.issue(LedgerDriver.FIRST_MEMBER + i, LOT_POINTS);
    }
  }

  LedgerDriver ledger() {
    return ledger;
  }

  long member(SplittableRandom by) {
    return LedgerDriver.FIRST_MEMBER + by.nextInt(members);
  }

  long merchant(SplittableRandom by) {
    return LedgerDriver.FIRST_MERCHANT + by.nextInt(MERCHANTS);
  }

  /** The id of one of the {@link #LAST_ORDERS} orders that ended the day before. */
  long orderOfTheDayBefore(SplittableRandom by) {
    return lastOrderOfTheDayBefore - by.nextInt(LAST_ORDERS);
  }

  /** One large order of each member, each merchant in turn; of all that it gives much is left. */
  void orderMuch(long amountFen) {
    for (int i = 0; i < members; i++) {
      ledger.order(
          LedgerDriver.FIRST_MEMBER + i, LedgerDriver.FIRST_MERCHANT + i % MERCHANTS, amountFen);
    }
  }

  /** Ends the day with a few orders, begins the next and releases both pools. */
  void nextDay() {
    for (int i = 0; i < LAST_ORDERS; i++) {
      ledger.order(member(random), merchant(random), LAST_AMOUNT);
    }
    lastOrderOfTheDayBefore = ledger.lastId();
    ledger.nextDay();
    for (int pool = 1; pool <= Programs.POOLS; pool++) {
      if (ledger.release(pool) == 0) {
        throw new IllegalStateException("pool " + pool + " released nothing to catch up with");
      }
    }
  }

  @Override
  public void close() {
    ledger.close();
  }
}
