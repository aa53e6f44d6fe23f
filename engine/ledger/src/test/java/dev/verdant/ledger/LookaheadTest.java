package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import dev.verdant.protocol.codec.AccountQueryEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
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
