package dev.verdant.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verdant.protocol.MessageValidator;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.RefundDecoder;
import dev.verdant.protocol.codec.Status;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TradingDayTest {
  private static final int MEMBERS = 10_000;
  private static final int COUNT = 50_000;

  private final Population population = new Population(Profile.skewed(MEMBERS));
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MessageSource.MAX_LENGTH]);
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();

  @Test
  void shouldDrawTheSameDaysFromTheSameSeed() {
    try (TradingDay one = new TradingDay(population, COUNT);
        TradingDay other = new TradingDay(population, COUNT)) {
      one.next();
      other.next();
      assertThat(one.totals()).isEqualTo(other.totals());
      assertThat(one.spenders()).isEqualTo(other.spenders()).doesNotHaveDuplicates();
      other.next();
      assertThat(one.totals()).isNotEqualTo(other.totals());
    }
  }

  @Test
  void shouldRefundThreePercentOfTheRequestsEachOnceAndInItsLane() {
    try (TradingDay day = new TradingDay(population, COUNT)) {
      day.next();
      Map<Long, Long> amounts = new HashMap<>();
      long cash = 0;
      long refunds = 0;
      RefundDecoder refund = new RefundDecoder();
      OrderDecoder order = new OrderDecoder();
      for (long number = 0; number < COUNT; number++) {
        int length = day.encode(number, buffer, 0);
        assertThat(MessageValidator.validate(buffer, 0, length)).isEqualTo(Status.OK);
        if (Messages.templateId(buffer, 0) == RefundDecoder.TEMPLATE_ID) {
          refund.wrapAndApplyHeader(buffer, 0, header);
          assertThat((refund.idLow() - refund.orderLow()) % TradingDay.LANES).isZero();
          assertThat(amounts.remove(refund.orderLow())).isEqualTo(refund.amount());
          cash -= refund.amount();
          refunds++;
        } else {
          order.wrapAndApplyHeader(buffer, 0, header);
          amounts.put(order.idLow(), order.amount());
          cash += order.amount();
        }
      }
      assertThat(day.totals().orders() + day.totals().refunds()).isEqualTo(COUNT);
      assertThat(day.totals().refunds()).isEqualTo(refunds);
      assertThat(day.totals().clearingFen()).isEqualTo(cash);
      assertThat(refunds / (double) COUNT).isCloseTo(0.03, within(0.005));
    }
  }

  @Test
  void shouldLetEachBuyersFirstOrderSpend() {
    try (TradingDay day = new TradingDay(population, COUNT)) {
      day.next();
      Set<Long> buyers = new LinkedHashSet<>();
      OrderDecoder order = new OrderDecoder();
      for (long number = 0; number < COUNT; number++) {
        day.encode(number, buffer, 0);
        if (Messages.templateId(buffer, 0) == OrderDecoder.TEMPLATE_ID) {
          buyers.add(order.wrapAndApplyHeader(buffer, 0, header).buyer());
        }
      }
      assertThat(Arrays.stream(day.spenders()).boxed()).containsExactlyElementsOf(buyers);
    }
    try (TradingDay day = new TradingDay(new Population(Profile.uniform(MEMBERS)), COUNT)) {
      day.next();
      assertThat(day.spenders()).isEmpty();
    }
  }

  @Test
  void shouldSpendNoMoreThanTheOrdersAmount() {
    try (TradingDay day = new TradingDay(population, COUNT)) {
      day.next();
      Totals before = day.totals();
      day.spend(0, Long.MAX_VALUE);
      day.spend(1, -5);
      day.spend(2, 1);
      long spent = before.clearingFen() - day.totals().clearingFen();
      assertThat(day.totals().couponsFen()).isEqualTo(spent).isGreaterThan(1);
      long coupons = 0;
      OrderDecoder order = new OrderDecoder();
      for (long number = 0; number < COUNT; number++) {
        day.encode(number, buffer, 0);
        if (Messages.templateId(buffer, 0) == OrderDecoder.TEMPLATE_ID) {
          coupons += order.wrapAndApplyHeader(buffer, 0, header).coupon();
        }
      }
      assertThat(coupons).isEqualTo(spent);
    }
  }

  @Test
  void shouldReferToEarlierMembersOnly() {
    int referred = 0;
    for (int member = 0; member < MEMBERS; member++) {
      assertThat(population.referrerOf(member)).isLessThan(Math.max(member, 1));
      referred += population.referrerOf(member) >= 0 ? 1 : 0;
    }
    assertThat(referred / (double) MEMBERS).isCloseTo(0.2, within(0.02));
    assertThat(new Population(Profile.uniform(MEMBERS)).referrerOf(77)).isEqualTo(-1);
  }
}
