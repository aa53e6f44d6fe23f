package dev.verdant.ledger.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.codec.IssueDecoder;
import dev.verdant.protocol.codec.PayoutDecoder;
import dev.verdant.protocol.codec.RedeemCoinsDecoder;
import dev.verdant.protocol.codec.ReleaseReserveDecoder;
import org.junit.jupiter.api.Test;

/** The four messages that {@link FundsMessage} reads begin alike. */
class FundsMessageTest {
  @Test
  void shouldFindTheLowHalfOfTheIdInTheSamePlace() {
    assertThat(
            new int[] {
              PayoutDecoder.idLowEncodingOffset(),
              RedeemCoinsDecoder.idLowEncodingOffset(),
              ReleaseReserveDecoder.idLowEncodingOffset()
            })
        .containsOnly(IssueDecoder.idLowEncodingOffset());
  }

  @Test
  void shouldFindTheHighHalfOfTheIdInTheSamePlace() {
    assertThat(
            new int[] {
              PayoutDecoder.idHighEncodingOffset(),
              RedeemCoinsDecoder.idHighEncodingOffset(),
              ReleaseReserveDecoder.idHighEncodingOffset()
            })
        .containsOnly(IssueDecoder.idHighEncodingOffset());
  }

  @Test
  void shouldFindTheAccountInTheSamePlace() {
    assertThat(
            new int[] {
              PayoutDecoder.accountEncodingOffset(),
              RedeemCoinsDecoder.accountEncodingOffset(),
              ReleaseReserveDecoder.accountEncodingOffset()
            })
        .containsOnly(IssueDecoder.accountEncodingOffset());
  }
}
