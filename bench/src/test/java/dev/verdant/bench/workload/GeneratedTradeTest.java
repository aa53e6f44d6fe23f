package dev.verdant.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OpenAccountDecoder;
import dev.verdant.protocol.codec.OrderDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The messages of skewed trade have the shares that they shall have, whoever drew them. */
class GeneratedTradeTest {
  private static final int MEMBERS = 100_000;
  private static final int REQUESTS = 200_000;
  private static final int DAYS = 2;
  private static final long LARGE_BALANCE = 1_000_000_000;

  private final Profile profile = Profile.skewed(MEMBERS);
  private final Population population = new Population(profile);
  private final TradingDay day = new TradingDay(population, REQUESTS);
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MessageSource.MAX_LENGTH]);
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final Map<Long, Long> ordersByMerchant = new HashMap<>();
  private final List<Long> amounts = new ArrayList<>();
  private int couponOrders;
  private int spendersInAll;

  @BeforeEach
  void generate() {
    for (int i = 0; i < DAYS; i++) {
      day.next();
      int spenders = day.spenders().length;
      for (int spender = 0; spender < spenders; spender++) {
        day.spend(spender, LARGE_BALANCE);
      }
      spendersInAll += spenders;
      for (int number = 0; number < day.count(); number++) {
        day.encode(number, buffer, 0);
        if (Messages.templateId(buffer, 0) == OrderDecoder.TEMPLATE_ID) {
          note(new OrderDecoder().wrapAndApplyHeader(buffer, 0, header));
        }
      }
    }
  }

  private void note(OrderDecoder order) {
    ordersByMerchant.merge(order.merchant(), 1L, Long::sum);
    amounts.add(order.amount());
    couponOrders += order.coupon() > 0 ? 1 : 0;
  }

  @AfterEach
  void close() {
    day.close();
  }

  @Test
  void shouldPlaceTheOrdersAtMerchantsAsThePurchaseCardsDo() {
    assertThat(shareOfTheBusiest(1)).isCloseTo(0.083, within(0.005));
    assertThat(shareOfTheBusiest(10)).isCloseTo(0.255, within(0.01));
    assertThat(shareOfTheBusiest(100)).isCloseTo(0.523, within(0.01));
  }

  private double shareOfTheBusiest(int count) {
    return ordersByMerchant.values().stream()
            .sorted(Comparator.reverseOrder())
            .limit(count)
            .mapToLong(Long::longValue)
            .sum()
        / (double) amounts.size();
  }

  @Test
  void shouldHaveAmountsOfThePurchaseCardsOverFiveDecades() {
    amounts.sort(Comparator.naturalOrder());
    assertThat((double) amounts.get(amounts.size() / 2)).isCloseTo(4_299, within(300.0));
    assertThat((double) amounts.get(amounts.size() / 10 * 9)).isCloseTo(29_400, within(2_000.0));
    double most = amounts.get(amounts.size() - 1);
    assertThat(most / amounts.get(0)).isGreaterThan(100_000);
  }

  @Test
  void shouldRefundThreePercentAndSpendCouponsInEachBuyersFirstOrderOfADay() {
    double requests = DAYS * REQUESTS;
    assertThat(1 - amounts.size() / requests).isCloseTo(0.03, within(0.002));
    assertThat(couponOrders).isEqualTo(spendersInAll);
    assertThat(couponOrders / (double) amounts.size()).isBetween(0.2, 0.6);
  }

  @Test
  void shouldOpenEveryMerchantWithAgentsAndEveryFifthMemberWithAReferrer() {
    AccountMessages messages = new AccountMessages(population, 0);
    OpenAccountDecoder open = new OpenAccountDecoder();
    int merchantsWithAgents = 0;
    int referred = 0;
    for (int number = 0; number < population.accounts(); number++) {
      messages.encode(number, buffer, 0);
      open.wrapAndApplyHeader(buffer, 0, header);
      boolean agents =
          open.fields().marketer() && open.fields().district() && open.fields().provincial();
      merchantsWithAgents += open.kind() == AccountKind.MERCHANT && agents ? 1 : 0;
      referred += open.kind() == AccountKind.CONSUMER && open.fields().referrer() ? 1 : 0;
    }
    assertThat(merchantsWithAgents).isEqualTo(profile.merchants());
    assertThat(referred / (double) MEMBERS).isCloseTo(0.2, within(0.01));
  }
}
