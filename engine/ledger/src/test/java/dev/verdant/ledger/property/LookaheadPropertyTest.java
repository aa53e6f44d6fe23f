package dev.verdant.ledger.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.model.Command;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Announcing commands changes how long they take and nothing else. */
class LookaheadPropertyTest extends LeakGuarded {
  private static final int LISTS = 150;
  private static final int MOST_ANNOUNCED = 2 * Ledger.LOOKAHEAD;

  @Test
  void shouldChangeNoOutcomeAndNoStateWhenCommandsAreAnnounced() {
    for (long seed = 1; seed <= LISTS; seed++) {
      List<Command> commands = CommandLists.of(seed);
      Random random = new Random(seed);
      try (LedgerDriver announced = new LedgerDriver();
          LedgerDriver plain = new LedgerDriver()) {
        for (int i = 0; i < commands.size(); i++) {
          if (random.nextInt(8) == 0) {
            // From any place on: also commands that have been, and that others come before.
            announced.announce(window(commands, random));
          }
          assertThat(announced.apply(commands.get(i)))
              .as("seed %d, after %s", seed, commands.get(i))
              .isEqualTo(plain.apply(commands.get(i)));
        }
        assertThat(announced.digest()).as("seed %d", seed).isEqualTo(plain.digest());
      }
    }
  }

  private static List<Command> window(List<Command> commands, Random random) {
    int from = random.nextInt(commands.size());
    int length = random.nextInt(MOST_ANNOUNCED);
    return commands.subList(from, Math.min(from + length, commands.size()));
  }
}
