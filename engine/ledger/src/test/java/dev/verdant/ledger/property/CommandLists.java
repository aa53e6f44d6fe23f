package dev.verdant.ledger.property;

import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.WalkingModel;
import java.util.ArrayList;
import java.util.List;

/** Whole lists from a seed, for properties that need no comparison on the way. */
final class CommandLists {
  private static final int LEAST = 60;
  private static final int MOST = 160;

  private CommandLists() {}

  static int length(Dice dice) {
    return dice.between(LEAST, MOST);
  }

  static List<Command> of(long seed) {
    Dice dice = new Dice(seed);
    WalkingModel model = new WalkingModel();
    CommandGenerator generator = new CommandGenerator(dice, model);
    int length = length(dice);
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Command command = generator.next();
      model.apply(command);
      commands.add(command);
    }
    return commands;
  }
}
