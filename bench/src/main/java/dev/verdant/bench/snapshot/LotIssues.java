package dev.verdant.bench.snapshot;

import dev.verdant.bench.workload.Calendar;
import dev.verdant.bench.workload.MessageSource;
import dev.verdant.bench.workload.Population;
import dev.verdant.protocol.codec.IssueEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/** Gives every member points of the running period: request n is for member n. */
final class LotIssues implements MessageSource {
  /** Points of a lot, in 1/100. */
  static final long POINTS_CP = 10_000;

  private final Population population;
  private final int day;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final IssueEncoder issue = new IssueEncoder();

  LotIssues(Population population, int day) {
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
        .account(population.member((int) number))
        .points(POINTS_CP)
        .pool(IssueEncoder.poolNullValue())
        .plan(IssueEncoder.planNullValue())
        .reason(0);
    return MessageHeaderEncoder.ENCODED_LENGTH + IssueEncoder.BLOCK_LENGTH;
  }
}
