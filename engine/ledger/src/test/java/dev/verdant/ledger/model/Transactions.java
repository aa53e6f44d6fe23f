package dev.verdant.ledger.model;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The remembered transactions, rulebook section 9. */
final class Transactions {
  /** One transaction; the order is that of an accepted order, null otherwise. */
  private record Remembered(
      long day, List<Object> content, ModelStatus status, OrderRecord order) {}

  private final Map<BigInteger, Remembered> byId = new HashMap<>();

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

  void remember(Command.Transaction command, long day, ModelStatus status, OrderRecord order) {
    byId.put(command.id(), new Remembered(day, command.content(), status, order));
  }

  OrderRecord order(BigInteger id) {
    Remembered remembered = byId.get(id);
    Refusal.unless(remembered != null && remembered.order != null, ModelStatus.ORDER_NOT_FOUND);
    return remembered.order;
  }
}
