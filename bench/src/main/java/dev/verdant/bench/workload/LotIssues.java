package dev.verdant.bench.workload;

import dev.verdant.protocol.codec.IssueEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Gives members points of the running period: request n is for member n, and beyond the last from
 * the first again.
 */
public final class LotIssues implements MessageSource {
  /** Points of a lot, in 1/100. */
  public static final long POINTS_CP = 10_000;

  private final Population population;
  private final int day;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final IssueEncoder issue = new IssueEncoder();

  /** Issues of a day, whose transaction ids are its own. */
  public LotIssues(Population population, int day) {
    this.population = population;
    this.day = day;
  }

  @Override
  public int encode(long number, MutableDirectBuffer buffer, int offset) {
    issue
        .wrapAndApplyHeader(buffer, offset, header)
        .correlationId(number)
        .time(Calendar.timeMillis(day))
        .idLow(number + 1)
        .idHigh(-day)
        .account(population.member((int) (number % population.profile().members())))
        .points(POINTS_CP)
        .pool(IssueEncoder.poolNullValue())
        .plan(IssueEncoder.planNullValue())
        .reason(0);
    return MessageHeaderEncoder.ENCODED_LENGTH + IssueEncoder.BLOCK_LENGTH;
  }
}
