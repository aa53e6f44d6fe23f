package dev.verdant.ledger.property;

import dev.verdant.ledger.model.Event;
import dev.verdant.ledger.model.ModelStatus;
import dev.verdant.ledger.model.WalkingModel;
import java.util.EnumMap;
import java.util.Map;

/** How often a whole run has met each status and each rare situation. */
final class Coverage {
  private final Map<ModelStatus, Integer> statuses = new EnumMap<>(ModelStatus.class);
  private final Map<Event, Integer> events = new EnumMap<>(Event.class);
  private int commands;

  void add(ModelStatus status) {
    commands++;
    statuses.merge(status, 1, Integer::sum);
  }

  void add(WalkingModel model) {
    model.events().forEach((event, count) -> events.merge(event, count, Integer::sum));
  }

  int of(ModelStatus status) {
    return statuses.getOrDefault(status, 0);
  }

  int of(Event event) {
    return events.getOrDefault(event, 0);
  }

  @Override
  public String toString() {
    return commands + " commands, " + statuses + ", " + events;
  }
}
