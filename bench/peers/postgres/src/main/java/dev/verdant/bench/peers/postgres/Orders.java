package dev.verdant.bench.peers.postgres;

import java.util.Arrays;

/** Some orders, column by column, as the driver takes arrays; amounts in fen. */
final class Orders {
  private final Long[] ids;
  private final Long[] buyers;
  private final Long[] merchants;
  private final Long[] amounts;

  Orders(int count) {
    this(new Long[count], new Long[count], new Long[count], new Long[count]);
  }

  private Orders(Long[] ids, Long[] buyers, Long[] merchants, Long[] amounts) {
    this.ids = ids;
    this.buyers = buyers;
    this.merchants = merchants;
    this.amounts = amounts;
  }

  void set(int i, long id, long buyer, long merchant, long amount) {
    ids[i] = id;
    buyers[i] = buyer;
    merchants[i] = merchant;
    amounts[i] = amount;
  }

  int count() {
    return ids.length;
  }

  /** The first so many of them. */
  Orders first(int count) {
    return count == count()
        ? this
        : new Orders(
            Arrays.copyOf(ids, count),
            Arrays.copyOf(buyers, count),
            Arrays.copyOf(merchants, count),
            Arrays.copyOf(amounts, count));
  }

  Long[] ids() {
    return ids;
  }

  Long[] buyers() {
    return buyers;
  }

  Long[] merchants() {
    return merchants;
  }

  Long[] amounts() {
    return amounts;
  }
}
