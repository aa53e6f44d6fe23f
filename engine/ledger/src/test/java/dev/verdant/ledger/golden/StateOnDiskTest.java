package dev.verdant.ledger.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.StatePart;
import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.harness.StateBytes;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a version of the state's layout promises: the bytes and the digest that snapshots on disk
 * have. They are the code's own, and wrong only together with their version. Where they change,
 * {@code StateTransfer.VERSION} must: without it a release would take the snapshots of the one
 * before for its own.
 */
class StateOnDiskTest extends LeakGuarded {
  private static final int VERSION = 8;
  private static final String SCRIPT = "mixed-a";
  private static final String DIGEST = "a7b53b1f190f6f349b36a98a2e735663";
  private static final Map<StatePart, Integer> CHECKSUMS =
      Map.of(
          StatePart.STATE, 0xf6bde4ee,
          StatePart.QUOTAS, 0x26d21ebd,
          StatePart.LOTS, 0x3ea4301e,
          StatePart.ACCOUNTS, 0xf77f43f1,
          StatePart.ACCOUNT_INDEX, 0xef8e3c8e,
          StatePart.TRANSACTION_INDEX, 0xf646af2e,
          StatePart.TRANSACTIONS, 0xca3d054f);

  @Test
  void shouldHaveTheBytesAndTheDigestOfItsVersion() {
    final StateBytes bytes = new StateBytes();
    try (LedgerDriver ledger = new LedgerDriver()) {
      GoldenVector.load(SCRIPT).commands().forEach(ledger::apply);
      try (LedgerSnapshot snapshot = ledger.openSnapshot()) {
        snapshot.writeTo(bytes);
      }
      assertThat(Ledger.STATE_VERSION).isEqualTo(VERSION);
      assertThat(bytes.requireWhole().checksums()).isEqualTo(CHECKSUMS);
      assertThat(ledger.digest().toString(16)).isEqualTo(DIGEST);
    }
  }
}
