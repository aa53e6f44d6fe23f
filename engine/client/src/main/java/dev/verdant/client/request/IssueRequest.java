package dev.verdant.client.request;

import dev.verdant.client.result.AccountResult;
import dev.verdant.client.result.Reply;
import dev.verdant.protocol.codec.IssueEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import java.util.OptionalInt;
import org.agrona.MutableDirectBuffer;

/**
 * Issues points outside an order: campaign, correction, migration (rulebook section 8).
 *
 * @param id of this transaction.
 * @param account of a consumer or merchant.
 * @param pointsCp in 1/100 point.
 * @param pool the account's own where empty.
 * @param plan the account's own where empty.
 * @param reason free for the caller.
 * @param timeMillis in milliseconds since the epoch, or {@link #NO_TIME}.
 */
public record IssueRequest(
    TransactionId id,
    long account,
    long pointsCp,
    OptionalInt pool,
    OptionalInt plan,
    int reason,
    long timeMillis)
    implements Request<AccountResult> {
  /** Points into the account's own pool and plan, without a reason. */
  public static IssueRequest of(TransactionId id, long account, long pointsCp) {
    return new IssueRequest(
        id, account, pointsCp, OptionalInt.empty(), OptionalInt.empty(), 0, NO_TIME);
  }

  /** The same into a pool of the caller's choice. */
  public IssueRequest withPool(int pool) {
    return new IssueRequest(id, account, pointsCp, OptionalInt.of(pool), plan, reason, timeMillis);
  }

  /** The same into a plan of the caller's choice. */
  public IssueRequest withPlan(int plan) {
    return new IssueRequest(id, account, pointsCp, pool, OptionalInt.of(plan), reason, timeMillis);
  }

  /** The same with a reason. */
  public IssueRequest withReason(int reason) {
    return new IssueRequest(id, account, pointsCp, pool, plan, reason, timeMillis);
  }

  /** The same at a time of its own, in milliseconds since the epoch. */
  public IssueRequest at(long timeMillis) {
    return new IssueRequest(id, account, pointsCp, pool, plan, reason, timeMillis);
  }

  @Override
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
    return MessageHeaderEncoder.ENCODED_LENGTH
        + new IssueEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .time(timeMillis)
            .idLow(id.low())
            .idHigh(id.high())
            .account(account)
            .points(pointsCp)
            .pool(pool.orElse(IssueEncoder.poolNullValue()))
            .plan(plan.orElse(IssueEncoder.planNullValue()))
            .reason(reason)
            .encodedLength();
  }

  @Override
  public AccountResult decode(Reply reply) {
    return AccountResult.decode(reply);
  }
}
