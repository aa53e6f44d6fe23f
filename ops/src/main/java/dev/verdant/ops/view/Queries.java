package dev.verdant.ops.view;

import dev.verdant.client.request.Query;
import dev.verdant.client.result.Result;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;

/** Queries that must be answered. */
final class Queries {
  /**
   * Asks and waits.
   *
   * @throws CommandFailure if the answer is not OK.
   */
  static <R extends Result> R answered(Exchange exchange, Query<R> query) {
    R result = exchange.call(query);
    if (!result.accepted()) {
      throw CommandFailure.failed(
          "the query was answered " + result.status() + " " + result.outcome().detail());
    }
    return result;
  }

  private Queries() {}
}
