package dev.verdant.ledger.model;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The remembered transactions, rulebook section 9. */
final class Transactions {
  /** One transaction; the order is that of an accepted order, null otherwise. */
  private record Remembered(
      long day, List<Object> content, ModelStatus status, OrderRecord order) {}

  private final Map<BigInteger, Remembered> byId = new HashMap<>();
  private final Set<BigInteger> everSeen = new HashSet<>();

  /** Forgets for good what is older than the window. */
  void forget(long today, int windowDays) {
    byId.values().removeIf(remembered -> remembered.day < today - windowDays);
  }

  /** The answer to a retry; null where the id is not remembered. */
  ModelStatus answerTo(Command.Transaction retry) {
    Remembered remembered = byId.get(retry.id());
    if (remembered == null) {
      return null;
    }
    if (!remembered.content.equals(retry.content())) {
      return ModelStatus.ID_CONFLICT;
    }
    return remembered.status == ModelStatus.OK ? ModelStatus.DUPLICATE : remembered.status;
  }

  boolean isForgotten(BigInteger id) {
    return everSeen.contains(id) && !byId.containsKey(id);
  }

  void remember(Command.Transaction command, long day, ModelStatus status, OrderRecord order) {
    everSeen.add(command.id());
    byId.put(command.id(), new Remembered(day, command.content(), status, order));
  }

  /** The accepted order of this id where it is remembered. */
  Optional<OrderRecord> find(BigInteger id) {
    return Optional.ofNullable(byId.get(id)).map(Remembered::order);
  }

  OrderRecord order(BigInteger id) {
    Optional<OrderRecord> order = find(id);
    Refusal.unless(order.isPresent(), ModelStatus.ORDER_NOT_FOUND);
    return order.get();
  }
}
