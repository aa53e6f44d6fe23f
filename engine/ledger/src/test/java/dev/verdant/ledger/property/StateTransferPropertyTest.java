package dev.verdant.ledger.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.harness.StateBytes;
import dev.verdant.ledger.model.Command;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A state written at a random command of a random list and read back: the new ledger answers all
 * that follows as the old one does, and is the same byte for byte in the end.
 */
class StateTransferPropertyTest extends LeakGuarded {
  private static final int LISTS = 300;

  @Test
  void shouldGoOnAsTheLedgerThatWasWrittenWhateverFollows() {
    for (long seed = 1; seed <= LISTS; seed++) {
      check(seed);
    }
  }

  private static void check(long seed) {
    final List<Command> commands = CommandLists.of(seed);
    final int written = new Dice(seed).between(0, commands.size());
    try (LedgerDriver live = new LedgerDriver()) {
      commands.subList(0, written).forEach(live::apply);
      try (LedgerDriver copy = LedgerDriver.read(write(live))) {
        assertThat(copy.digest()).as("seed %d, read back", seed).isEqualTo(live.digest());
        for (final Command command : commands.subList(written, commands.size())) {
          assertThat(copy.apply(command))
              .as("seed %d, %s", seed, command)
              .isEqualTo(live.apply(command));
          assertThat(copy.lastBalances()).isEqualTo(live.lastBalances());
        }
        assertThat(copy.digest()).as("seed %d", seed).isEqualTo(live.digest());
        assertThat(write(copy).differences(write(live))).as("seed %d", seed).isEmpty();
      }
    }
  }

  private static StateBytes write(LedgerDriver ledger) {
    final StateBytes bytes = new StateBytes();
    try (LedgerSnapshot snapshot = ledger.openSnapshot()) {
      snapshot.writeTo(bytes);
    }
    return bytes.requireWhole();
  }
}
