package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The room for an order that needs no check of its sums: gone when all postings so far, whatever
 * their sign and whatever command made them, come to 2^61.
 */
class BooksTest {
  private final Books books = new Books();

  @Test
  void shouldCountPostingsByMagnitude() {
    books.post(Books.CUSTODY, 1L << 60);
    books.post(Books.CUSTODY, 1 - (1L << 60));
    assertThat(books.hasRoomFor(1)).isTrue();
    assertThat(books.hasRoomFor(2)).isFalse();
    books.post(Books.CUSTODY, -1);
    assertThat(books.hasRoomFor(0)).isTrue();
    assertThat(books.hasRoomFor(1)).isFalse();
  }

  @Test
  void shouldCountOrders() {
    books.postOrder(0, new OrderParts(), 1L << 60);
    books.postOrder(0, new OrderParts(), 1L << 60);
    assertThat(books.hasRoomFor(0)).isTrue();
    assertThat(books.hasRoomFor(1)).isFalse();
  }

  @Test
  void shouldCountRefunds() {
    final OrderParts falls = new OrderParts();
    // Nothing of it is anybody's but the channel's and the reserve's: each falls by the amount.
    books.postRefund(1L << 59, falls);
    assertThat(books.hasRoomFor(1L << 60)).isTrue();
    books.postRefund(1L << 59, falls);
    assertThat(books.hasRoomFor(0)).isTrue();
    assertThat(books.hasRoomFor(1)).isFalse();
  }

  @Test
  void shouldHaveNoRoomEverAfter() {
    for (int i = 0; i < 5; i++) {
      books.post(Books.CUSTODY, (i & 1) == 0 ? Long.MAX_VALUE : -Long.MAX_VALUE);
      assertThat(books.hasRoomFor(1)).isFalse();
    }
  }
}
