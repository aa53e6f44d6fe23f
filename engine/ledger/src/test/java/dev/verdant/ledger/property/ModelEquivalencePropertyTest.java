package dev.verdant.ledger.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.Event;
import dev.verdant.ledger.model.ModelStatus;
import dev.verdant.ledger.model.WalkingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random command lists through the ledger and the model. A list is a function of its seed. More
 * lists, or other ones: {@code -Dverdant.lists=100000 -Dverdant.seed=7}; one list again: its seed
 * and {@code -Dverdant.lists=1}.
 */
class ModelEquivalencePropertyTest extends LeakGuarded {
  private static final int LISTS = Integer.getInteger("verdant.lists", 1200);
  private static final long FIRST_SEED = Long.getLong("verdant.seed", 1);

  /** Below this many lists rare situations may be missing by chance. */
  private static final int LISTS_FOR_COVERAGE = 1000;

  private static final int LEAST_OF_EACH = 20;

  @Test
  void shouldEqualTheModelAfterEveryCommandOfEveryList() {
    Coverage coverage = new Coverage();
    for (int i = 0; i < LISTS; i++) {
      check(FIRST_SEED + i, coverage);
    }
    System.out.println(LISTS + " lists: " + coverage);
    if (LISTS >= LISTS_FOR_COVERAGE) {
      for (ModelStatus status : ModelStatus.values()) {
        assertThat(coverage.of(status)).as("%s", status).isGreaterThanOrEqualTo(LEAST_OF_EACH);
      }
      for (Event event : Event.values()) {
        assertThat(coverage.of(event)).as("%s", event).isGreaterThanOrEqualTo(LEAST_OF_EACH);
      }
    }
  }

  private static void check(long seed, Coverage coverage) {
    List<Command> commands = new ArrayList<>();
    WalkingModel model = new WalkingModel();
    try (Lockstep lockstep = new Lockstep(model)) {
      Dice dice = new Dice(seed);
      CommandGenerator generator = new CommandGenerator(dice, model);
      int length = CommandLists.length(dice);
      for (int i = 0; i < length; i++) {
        Command command = generator.next();
        commands.add(command);
        coverage.add(lockstep.apply(command));
      }
      lockstep.requireEqualOrders();
      coverage.add(model);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(describe(seed, commands), e);
    }
  }

  private static String describe(long seed, List<Command> commands) {
    List<Command> shortest = Shrinker.shrink(commands, candidate -> failure(candidate) != null);
    return "seed "
        + seed
        + ", "
        + commands.size()
        + " commands, shrunk to "
        + shortest.size()
        + ":\n  "
        + shortest.stream().map(Command::toString).collect(Collectors.joining("\n  "))
        + "\nwhich fails with: "
        + failure(shortest);
  }

  private static Throwable failure(List<Command> commands) {
    try {
      Lockstep.run(commands);
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }
}
