package dev.verdant.client.request;

/** The whole-number fields of the program (rulebook section 2); rates in basis points. */
public enum ProgramField {
  /** Offset of the business day from UTC in minutes; may change only while there is no account. */
  BUSINESS_OFFSET_MINUTES,
  /** Least concession of a merchant. */
  MIN_CONCESSION_BPS,
  /** Largest concession of a merchant. */
  MAX_CONCESSION_BPS,
  /** Points to the buyer per fen conceded. */
  BUYER_POINTS_BPS,
  /** Points to the merchant per fen conceded. */
  MERCHANT_POINTS_BPS,
  /** Share of the concession that goes to the incentive fund. */
  INCENTIVE_SHARE_BPS,
  /** Share of the merchant's proceeds payable the same day. */
  MERCHANT_PAYABLE_BPS,
  /** The marketer's share of the concession. */
  MARKETER_BPS,
  /** The district agent's share of the concession. */
  DISTRICT_BPS,
  /** The provincial agent's share of the concession. */
  PROVINCIAL_BPS,
  /** The referrer's reward of the buyer's points. */
  REFERRAL_BPS,
  /** Coins to a consumer per fen conceded. */
  COIN_BPS,
  /** Most of an order that coupons may pay. */
  MAX_COUPON_BPS,
  /** Most that a day may release of the previous business day's consumption. */
  DAILY_VALVE_BPS,
  /** Most that a month may credit of a consumer's consumption in it. */
  MONTHLY_VALVE_BPS,
  /** Business days for which a transaction id is remembered. */
  ORDER_WINDOW_DAYS
}
