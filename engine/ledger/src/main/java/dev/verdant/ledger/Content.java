package dev.verdant.ledger;

/**
 * What makes a transaction the same again (rulebook section 9): its kind and its fields as given,
 * in four words and a channel. A flyweight.
 *
 * <pre>
 *   kind            word 0   word 1      word 2      word 3    channel
 *   ORDER           amount   coupon      buyer       merchant  channel
 *   REFUND          amount   order low   order high
 *   ISSUE           points   account     pool, plan  reason
 *   REDEEM_COINS    coins    account
 *   PAYOUT          amount   account     balance
 *   RELEASE_RESERVE amount   account
 *   SETTLE_CHANNEL  amount                                     channel
 * </pre>
 */
final class Content {
  TransactionKind kind = TransactionKind.ORDER;
  long word0;
  long word1;
  long word2;
  long word3;
  int channel;

  void set(TransactionKind newKind, long w0, long w1, long w2, long w3, int newChannel) {
    kind = newKind;
    word0 = w0;
    word1 = w1;
    word2 = w2;
    word3 = w3;
    channel = newChannel;
  }

  /** True if a remembered transaction has this content. */
  boolean matches(long record, Accounts accounts) {
    if (Transactions.kind(record) != kind.code() || Transactions.channel(record) != channel) {
      return false;
    }
    if (Transactions.isAcceptedOrder(record)) {
      return Transactions.amount(record) == word0
          && Transactions.coupon(record) == word1
          && accounts.idOf(Transactions.buyer(record)) == word2
          && accounts.idOf(Transactions.merchant(record)) == word3;
    }
    return Transactions.word(record, 0) == word0
        && Transactions.word(record, 1) == word1
        && Transactions.word(record, 2) == word2
        && Transactions.word(record, 3) == word3;
  }

  /** Writes it into the record of anything but an accepted order. */
  void store(long record) {
    Transactions.words(record, word0, word1, word2, word3);
    Transactions.channel(record, channel);
  }
}
