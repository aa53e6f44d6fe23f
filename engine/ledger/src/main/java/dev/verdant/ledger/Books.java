package dev.verdant.ledger;

import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;
import java.util.Arrays;

/**
 * The books: double entry over the accounts of rulebook section 10, signs as printed there. Every
 * command's postings sum to zero in each asset.
 *
 * <p>Coupons held, pending and unclaimed stand as of the accounts' last catching up; the trial
 * balance adds what the accounts would get by now.
 */
final class Books {
  static final int CHANNEL_CLEARING = 0;
  static final int CUSTODY = 1;
  static final int INCENTIVE_FUND = 2;
  static final int PLATFORM_REVENUE = 3;
  static final int MERCHANT_PAYABLE = 4;
  static final int MERCHANT_RESERVE = 5;
  static final int COMMISSION_PAYABLE = 6;
  static final int POINTS_ISSUED = 7;
  static final int POINTS_RETIRED = 8;
  static final int POINTS_HELD = 9;
  static final int COUPON_ISSUED = 10;
  static final int COUPON_UNCLAIMED = 11;
  static final int COUPON_HELD = 12;
  static final int COUPON_PENDING = 13;
  static final int COUPON_REDEEMED = 14;
  static final int COIN_ISSUED = 15;
  static final int COIN_REDEEMED = 16;
  static final int COIN_HELD = 17;
  static final int ACCOUNTS = 18;

  private static final Asset[] ASSET = {
    Asset.CNY,
    Asset.CNY,
    Asset.CNY,
    Asset.CNY,
    Asset.CNY,
    Asset.CNY,
    Asset.CNY,
    Asset.POINTS,
    Asset.POINTS,
    Asset.POINTS,
    Asset.COUPON,
    Asset.COUPON,
    Asset.COUPON,
    Asset.COUPON,
    Asset.COUPON,
    Asset.COIN,
    Asset.COIN,
    Asset.COIN,
  };
  private static final BookAccount[] NAME = {
    BookAccount.CHANNEL_CLEARING,
    BookAccount.CUSTODY,
    BookAccount.INCENTIVE_FUND,
    BookAccount.PLATFORM_REVENUE,
    BookAccount.MERCHANT_PAYABLE,
    BookAccount.MERCHANT_RESERVE,
    BookAccount.COMMISSION_PAYABLE,
    BookAccount.ISSUED,
    BookAccount.RETIRED,
    BookAccount.HELD,
    BookAccount.ISSUED,
    BookAccount.RELEASED_UNCLAIMED,
    BookAccount.HELD,
    BookAccount.PENDING,
    BookAccount.REDEEMED,
    BookAccount.ISSUED,
    BookAccount.REDEEMED,
    BookAccount.HELD,
  };

  /** All that {@link #moved} may count: twice as much still fits 63 bits. */
  private static final long MOST_MOVED = 1L << 61;

  /** The accounts that an order posts to, as in {@link #posted}. */
  private static final int OF_ORDERS =
      1 << CHANNEL_CLEARING
          | 1 << MERCHANT_PAYABLE
          | 1 << MERCHANT_RESERVE
          | 1 << COMMISSION_PAYABLE
          | 1 << INCENTIVE_FUND
          | 1 << PLATFORM_REVENUE
          | 1 << COUPON_HELD
          | 1 << COUPON_REDEEMED
          | 1 << COUPON_ISSUED
          | 1 << COIN_HELD
          | 1 << COIN_ISSUED;

  private final long[] balance = new long[ACCOUNTS];

  /** What the order or refund at hand posts, by account. */
  private final long[] change = new long[ACCOUNTS];

  /** A bit for each account that has been posted to. */
  private int posted;

  /**
   * Sum of the magnitudes of all postings so far, at most {@link #MOST_MOVED}. No command changes
   * any sum of the ledger, of books, accounts, cohorts or pools, by more than it posts. So no sum
   * is larger than this.
   */
  private long moved;

  /**
   * All coupons ever issued, never reduced by what refunds take back. No account ever gets more
   * than this, so bounding it bounds every catching up, which cannot be refused any more.
   */
  long couponsEverIssued;

  /** The books as they are now. */
  Books copy() {
    final Books copy = new Books();
    System.arraycopy(balance, 0, copy.balance, 0, ACCOUNTS);
    copy.posted = posted;
    copy.moved = moved;
    copy.couponsEverIssued = couponsEverIssued;
    return copy;
  }

  /** Tells or takes all of them. */
  void exchange(StateWords words) {
    for (int account = 0; account < ACCOUNTS; account++) {
      balance[account] = words.word(balance[account]);
    }
    posted = words.word(posted);
    moved = words.word(moved);
    couponsEverIssued = words.word(couponsEverIssued);
  }

  static Asset asset(int account) {
    return ASSET[account];
  }

  static BookAccount name(int account) {
    return NAME[account];
  }

  long balance(int account) {
    return balance[account];
  }

  /** Adds to an account; the caller has seen to it that nothing overflows. */
  void post(int account, long amount) {
    balance[account] += amount;
    posted |= 1 << account;
    move(Math.abs(amount));
  }

  /**
   * True if a command that moves no more than this can make no sum overflow, so that none needs to
   * be checked by itself; false proves nothing.
   *
   * @param amount the sum of what it moves, 0 to 2^60.
   */
  boolean hasRoomFor(long amount) {
    return moved + amount <= MOST_MOVED;
  }

  private void move(long amount) {
    final long sum = moved + amount;
    moved = sum < 0 || sum > MOST_MOVED ? MOST_MOVED : sum;
  }

  /**
   * Posts an order but for its points; the caller has seen to it that nothing overflows.
   *
   * @param amount of the order.
   * @param parts of the order.
   * @param moves what it and its points move in all.
   */
  void postOrder(long amount, OrderParts parts, long moves) {
    addTo(balance, amount, parts);
    couponsEverIssued += parts.referrerCoupons;
    posted |= OF_ORDERS;
    move(moves);
  }

  /** Negative if an order but for its points would leave 64 bits. */
  long orderOverflow(long amount, OrderParts parts) {
    list(amount, parts);
    long bits =
        issueOverflow(COIN_ISSUED, parts.coins)
            | overflow(couponsEverIssued, parts.referrerCoupons);
    for (int account = 0; account < ACCOUNTS; account++) {
      bits |= overflow(account, change[account]);
    }
    return bits;
  }

  /**
   * Posts a refund but for its points, the opposite of an order; the caller has seen to it that
   * nothing overflows.
   *
   * @param amount of the refund.
   * @param falls what the order's parts fall by.
   */
  void postRefund(long amount, OrderParts falls) {
    list(amount, falls);
    long moves = 0;
    for (int account = 0; account < ACCOUNTS; account++) {
      balance[account] -= change[account];
      moves += Math.abs(change[account]);
    }
    move(moves);
  }

  /** Negative if a refund but for its points would leave 64 bits. */
  long refundOverflow(long amount, OrderParts falls) {
    list(amount, falls);
    long bits = 0;
    for (int account = 0; account < ACCOUNTS; account++) {
      bits |= overflow(account, -change[account]);
    }
    return bits;
  }

  /** Lists what an order posts but for its points. */
  private void list(long amount, OrderParts parts) {
    Arrays.fill(change, 0);
    addTo(change, amount, parts);
  }

  /** Adds what an order posts but for its points, as rulebook section 4 has it. */
  private static void addTo(long[] sums, long amount, OrderParts parts) {
    final long commissions = parts.commissions();
    sums[CHANNEL_CLEARING] += amount - parts.coupon;
    sums[MERCHANT_PAYABLE] -= parts.payable;
    sums[MERCHANT_RESERVE] -= parts.reserve(amount);
    sums[COMMISSION_PAYABLE] -= commissions;
    sums[INCENTIVE_FUND] += commissions + parts.coupon - parts.incentive;
    sums[PLATFORM_REVENUE] += parts.incentive - parts.concession;
    sums[COUPON_HELD] += parts.referrerCoupons - parts.coupon;
    sums[COUPON_REDEEMED] += parts.coupon;
    sums[COUPON_ISSUED] -= parts.referrerCoupons;
    sums[COIN_HELD] += parts.coins;
    sums[COIN_ISSUED] -= parts.coins;
  }

  /** True from the account's first posting on, be it of nothing. */
  boolean isPosted(int account) {
    return (posted & 1 << account) != 0;
  }

  /** Negative if the posting would leave 64 bits. */
  long overflow(int account, long amount) {
    return overflow(balance[account], amount);
  }

  /**
   * Negative if issuing more of an asset would leave 64 bits. The books show what is issued as a
   * negative number, of which there is one more than of positive ones; looked at is its positive
   * counterpart, that of its holders. No part exceeds it: what is held, a pool's total, a cohort's
   * or a lot's points.
   */
  long issueOverflow(int issuedAccount, long amount) {
    return overflow(-balance[issuedAccount], amount);
  }

  /** Negative if the sum would leave 64 bits; results of several may be or-ed. */
  static long overflow(long balance, long amount) {
    final long sum = balance + amount;
    return (balance ^ sum) & (amount ^ sum);
  }
}
