package dev.verdant.ops.demo;

import java.util.HashMap;
import java.util.Map;

/**
 * What the buyers know of their coupons: the balance of their last answer, less what orders on
 * their way will take. Coupons leave an account by its own orders only, so this is never too much.
 */
final class CouponWallet {
  private final Map<Long, Purse> purses = new HashMap<>();

  /** What of this amount the buyer pays with coupons, in fen; set aside until it settles. */
  long spend(long buyer, long amountFen) {
    Purse purse = purses.computeIfAbsent(buyer, id -> new Purse());
    long spentFen = Math.max(0, Math.min(purse.balanceFen - purse.onTheWayFen, amountFen));
    purse.onTheWayFen += spentFen;
    return spentFen;
  }

  /** An order has been answered, with this balance behind it. */
  void settle(long buyer, long spentFen, long balanceFen) {
    Purse purse = purses.get(buyer);
    purse.onTheWayFen -= spentFen;
    purse.balanceFen = balanceFen;
  }

  private static final class Purse {
    private long balanceFen;
    private long onTheWayFen;
  }
}
