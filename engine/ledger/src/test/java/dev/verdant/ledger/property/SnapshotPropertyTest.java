package dev.verdant.ledger.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.view.DigestView;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Snapshots at random commands of random lists, with everything that the rules can do in between:
 * whatever follows, a snapshot's digest is that of a ledger which has stopped there.
 */
class SnapshotPropertyTest extends LeakGuarded {
  private static final int LISTS = 200;
  private static final int CHANCE = 8;

  private record Opened(LedgerSnapshot snapshot, BigInteger digest) {}

  @Test
  void shouldHaveTheDigestOfItsSequenceWhateverFollows() {
    int checked = 0;
    for (long seed = 1; seed <= LISTS; seed++) {
      checked += check(seed);
    }
    assertThat(checked).as("snapshots checked").isBetween(LISTS * 4, LISTS * 30);
  }

  private static int check(long seed) {
    final Dice dice = new Dice(seed);
    final List<Opened> opened = new ArrayList<>();
    int checked = 0;
    try (LedgerDriver live = new LedgerDriver();
        LedgerDriver plain = new LedgerDriver()) {
      for (final Command command : CommandLists.of(seed)) {
        live.apply(command);
        plain.apply(command);
        if (dice.percent(CHANCE)) {
          opened.add(new Opened(live.openSnapshot(), plain.digest()));
        } else if (!opened.isEmpty() && dice.percent(CHANCE / 2)) {
          close(opened.remove(dice.between(0, opened.size() - 1)), seed);
          checked++;
        }
      }
      for (final Opened left : opened) {
        close(left, seed);
        checked++;
      }
      assertThat(live.digest()).as("seed %d", seed).isEqualTo(plain.digest());
    }
    return checked;
  }

  private static void close(Opened opened, long seed) {
    try (LedgerSnapshot snapshot = opened.snapshot()) {
      final DigestView first = snapshot.digest();
      assertThat(snapshot.digest()).isEqualTo(first);
      assertThat(
              new BigInteger(Long.toUnsignedString(first.high()))
                  .shiftLeft(Long.SIZE)
                  .or(new BigInteger(Long.toUnsignedString(first.low()))))
          .as("seed %d, sequence %d", seed, snapshot.sequence())
          .isEqualTo(opened.digest());
    }
  }
}
