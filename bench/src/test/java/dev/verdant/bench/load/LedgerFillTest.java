package dev.verdant.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.bench.workload.LotIssues;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import dev.verdant.protocol.codec.AccountQueryReplyDecoder;
import dev.verdant.protocol.codec.AccountReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerFillTest {
  private static final int MEMBERS = 100;
  private static final int LOTS = 3;

  /** 45 a day at the most: a lot's days have 45, 45 and 10 issues. */
  private static final int REMEMBERED = 90;

  /** Added to the third day, so that the last two days have all of them. */
  private static final int MORE = 35;

  private final Population population = new Population(Profile.uniform(MEMBERS));
  private final InProcessTarget target = new InProcessTarget();
  private final CheckedTarget checked = new CheckedTarget(target, population);

  @BeforeEach
  void fill() {
    checked.configure(population);
    checked.open(population);
    LedgerFill fill = new LedgerFill(checked, population, REMEMBERED);
    for (int lot = 0; lot < LOTS; lot++) {
      fill.addLot();
    }
    fill.rememberAll();
  }

  @AfterEach
  void close() {
    target.close();
  }

  @Test
  void shouldGiveEveryMemberItsLotsAndBookThemExactly() {
    checked.verify();
    assertThat(checked.expected().pointsCp())
        .isEqualTo((LOTS * MEMBERS + MORE) * LotIssues.POINTS_CP);
    List<Long> points = points();
    assertThat(points.subList(0, MORE)).containsOnly((LOTS + 1) * LotIssues.POINTS_CP);
    assertThat(points.subList(MORE, MEMBERS)).containsOnly(LOTS * LotIssues.POINTS_CP);
  }

  @Test
  void shouldRememberTheTransactionsOfTheLastTwoDays() {
    assertThat(checked.day()).isEqualTo(3 * LOTS);
    assertThat(again(checked.day(), MEMBERS + MORE - 1)).isEqualTo(Status.DUPLICATE);
    assertThat(again(checked.day() - 1, REMEMBERED / 2)).isEqualTo(Status.DUPLICATE);
    assertThat(again(checked.day() - 1, REMEMBERED - 1)).isEqualTo(Status.DUPLICATE);
    assertThat(again(checked.day() - 2, 0)).isNotEqualTo(Status.DUPLICATE);
  }

  private List<Long> points() {
    List<Long> points = new ArrayList<>();
    AccountQueryReplyDecoder reply = new AccountQueryReplyDecoder();
    MessageHeaderDecoder header = new MessageHeaderDecoder();
    long[] members = LongStream.range(0, MEMBERS).map(n -> population.member((int) n)).toArray();
    target.run(
        ControlMessages.accountQueries(members),
        0,
        MEMBERS,
        (number, buffer, offset, length) ->
            points.add(reply.wrapAndApplyHeader(buffer, offset, header).points()),
        new Timeline());
    return points;
  }

  /** Sends an issue once more; returns its status. */
  private Status again(int day, int number) {
    List<Status> found = new ArrayList<>();
    target.run(
        new LotIssues(population, day),
        number,
        number + 1,
        (n, buffer, offset, length) ->
            found.add(
                new AccountReplyDecoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder())
                    .status()),
        new Timeline());
    return found.get(0);
  }
}
