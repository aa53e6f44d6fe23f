package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.CutReader;
import dev.verdant.memory.Memory;
import dev.verdant.protocol.codec.AccountQueryEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.RefundEncoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which slots the commands of a window are offered; what they do with them is the rules' tests'.
 */
class LookaheadTest {
  private static final int ACCOUNTS = 1_000;

  private final Memory memory = new Memory();
  private final LedgerState state = new LedgerState(memory);
  private final Lookahead lookahead = new Lookahead(state);
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[128]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  LookaheadTest() {
    for (int id = 1; id <= ACCOUNTS; id++) {
      state.accounts.add(id);
    }
  }

  @AfterEach
  void close() {
    memory.close();
  }

  private void announceOrder(long buyer, long merchant) {
    new OrderEncoder().wrapAndApplyHeader(message, 0, header).buyer(buyer).merchant(merchant);
    lookahead.add(message, 0);
  }

  private void announceRefund(long order) {
    new RefundEncoder()
        .wrapAndApplyHeader(message, 0, header)
        .idLow(ACCOUNTS + order)
        .orderLow(order)
        .orderHigh(0);
    lookahead.add(message, 0);
  }

  private void announceQuery(long account) {
    new AccountQueryEncoder().wrapAndApplyHeader(message, 0, header).account(account);
    lookahead.add(message, 0);
  }

  /** Goes on to the next command, whose sequence the state has while it is applied. */
  private void requireNextIsOffered(int buyer, int merchant) {
    state.sequence++;
    assertThat(lookahead.buyer()).isEqualTo(buyer);
    assertThat(lookahead.merchant()).isEqualTo(merchant);
  }

  @Test
  void shouldOfferEachOrderTheSlotsOfItsParties() {
    announceOrder(7, 8);
    announceOrder(9, 10);
    lookahead.run();
    requireNextIsOffered(7, 8);
    requireNextIsOffered(9, 10);
    requireNextIsOffered(0, 0);
  }

  @Test
  void shouldOfferNothingWhereNoAccountIs() {
    announceOrder(ACCOUNTS + 1, 8);
    lookahead.run();
    requireNextIsOffered(0, 8);
  }

  @Test
  void shouldOfferTheSameWhenQueriesStandBetween() {
    announceQuery(1);
    announceOrder(7, 8);
    announceQuery(2);
    announceQuery(ACCOUNTS + 1);
    announceOrder(9, 10);
    lookahead.run();
    requireNextIsOffered(7, 8);
    requireNextIsOffered(9, 10);
  }

  /** Refunds of orders between accounts that have all that an account can have, and more lots. */
  @Test
  void shouldHaveRoomForTheMostThatAWindowCanTouch() {
    final int lots = 20;
    for (int cohort = 1; cohort <= lots; cohort++) {
      state.cohorts.add(1, 1, cohort);
    }
    for (int slot = 1; slot <= 2 * Lookahead.WINDOW; slot++) {
      final long a = state.accounts.write(slot);
      Accounts.referrer(a, ACCOUNTS);
      Accounts.marketer(a, ACCOUNTS);
      Accounts.quotas(a, state.quotas.add(1, 0));
      for (int cohort = 1; cohort <= lots; cohort++) {
        state.lots.add(Accounts.lots(a), cohort, 100, state.cohorts);
      }
    }
    state.run = 1;
    for (int i = 0; i < Lookahead.WINDOW; i++) {
      state.transactions.find(1 + i, 0);
      final long order =
          state.transactions.add(1 + i, 0, state.day, TransactionKind.ORDER, Status.OK);
      Transactions.parties(order, 1 + i, 1 + Lookahead.WINDOW + i);
    }
    try (CutReader cut = memory.openCut(0)) {
      assertThat(cut.cut().isOpen()).as("so that pages have gates").isTrue();
      for (int i = 0; i < Lookahead.WINDOW; i++) {
        announceRefund(1 + i);
      }
      lookahead.run();
    }
    announceOrder(7, 8);
    lookahead.run();
    requireNextIsOffered(7, 8);
  }

  @Test
  void shouldLeaveOutWhatIsBeyondTheWindow() {
    for (int i = 0; i < Lookahead.WINDOW; i++) {
      announceQuery(1 + i);
    }
    announceOrder(7, 8);
    lookahead.run();
    requireNextIsOffered(0, 0);
    announceOrder(9, 10);
    lookahead.run();
    requireNextIsOffered(9, 10);
  }
}
