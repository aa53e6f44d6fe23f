package dev.verdant.ops.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.TransactionId;
import org.junit.jupiter.api.Test;

class ExternalIdsTest {
  @Test
  void shouldKeepDecimalNumbersThatFit() {
    assertThat(ExternalIds.accountId("42")).isEqualTo(42);
    assertThat(ExternalIds.accountId("18446744073709551615")).isEqualTo(-1L);
    assertThat(ExternalIds.transactionId("31198705046")).isEqualTo(TransactionId.of(31198705046L));
    assertThat(ExternalIds.transactionId("18446744073709551616"))
        .isEqualTo(new TransactionId(1, 0));
  }

  @Test
  void shouldHashAnyOtherTextWithTheHighestBitSet() {
    assertThat(ExternalIds.accountId("C7557")).isNegative();
    assertThat(ExternalIds.accountId("C7557")).isNotEqualTo(ExternalIds.accountId("C7558"));
    assertThat(ExternalIds.accountId("007")).isNotEqualTo(7);
    assertThat(ExternalIds.transactionId("201404-00030").high()).isNegative();
  }

  @Test
  void shouldNeverChangeTheIdsOfHistoriesImportedBefore() {
    assertThat(Long.toHexString(ExternalIds.accountId("M00001"))).isEqualTo("abfdda670f93af6e");
    assertThat(ExternalIds.transactionId("201404-00030"))
        .hasToString("289857717658238541692627167401495807710");
  }
}
