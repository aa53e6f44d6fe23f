package dev.verdant.client.result;

import dev.verdant.protocol.codec.PoolsQueryReplyDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * All pools.
 *
 * @param outcome what became of the query.
 * @param pools in ascending order of id.
 */
public record PoolsQueryResult(Outcome outcome, List<Pool> pools) implements Result {
  /** Reads a reply. */
  public static PoolsQueryResult decode(Reply reply) {
    if (reply.templateId() != PoolsQueryReplyDecoder.TEMPLATE_ID) {
      return new PoolsQueryResult(reply.bareOutcome(), List.of());
    }
    PoolsQueryReplyDecoder decoder = reply.read(new PoolsQueryReplyDecoder());
    Outcome outcome = reply.outcome(decoder.status(), decoder.sequence());
    List<Pool> pools = new ArrayList<>();
    for (PoolsQueryReplyDecoder.PoolsDecoder pool : decoder.pools()) {
      pools.add(new Pool(pool.pool(), pool.period(), pool.value(), pool.issued()));
    }
    return new PoolsQueryResult(outcome, List.copyOf(pools));
  }

  /**
   * A pool.
   *
   * @param pool its id.
   * @param period periods opened so far.
   * @param valueCp its value, 0 before the first period.
   * @param issuedCp points issued into it, less what refunds took back.
   */
  public record Pool(int pool, int period, long valueCp, long issuedCp) {}
}
