package dev.verdant.ledger.model;

/** Rare situations that a test run must have met; the model counts them. */
public enum Event {
  /** A cohort left its pool. */
  EXIT,
  /** An account got its ninth lot: more than its record has room for. */
  MANY_LOTS,
  /** A refund took back points whose cohort had left. */
  REFUND_AFTER_EXIT,
  /** A refund took back points that had already released something. */
  REFUND_OF_RELEASED_POINTS,
  /** A refund of less than what was left of the order. */
  PARTIAL_REFUND,
  /** A day's budget paid only a part of what was due. */
  PARTIALLY_PAID,
  /** A budget so small that nothing could be paid. */
  NOTHING_PAID,
  /** A period opened by full growth. */
  OPENED_BY_GROWTH,
  /** A period opened because the longest interval had passed. */
  OPENED_BY_INTERVAL,
  /** A month ended while somebody's coupons were still pending. */
  MONTH_END_WITH_PENDING,
  /** A month began with another monthly valve. */
  VALVE_TURNED,
  /** A consumer got less than what was pending. */
  CREDIT_LIMITED,
  /** An order's own consumption unlocked pending coupons. */
  CREDIT_BY_ORDER,
  /** A refund left an account with less than no coupons. */
  COUPON_DEBT,
  /** Coupons were spent to the last fen. */
  LAST_COUPON_SPENT,
  /** A merchant was rewarded with coupons for referring. */
  REFERRAL_COUPONS,
  /** A consumer was rewarded with points for referring. */
  REFERRAL_POINTS,
  /** An id came again after it had been forgotten. */
  FORGOTTEN_ID_USED_AGAIN,
  /** Engine time did not follow a command's time back. */
  TIME_WENT_BACK
}
