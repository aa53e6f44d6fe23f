package dev.verdant.client.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.MessageValidator;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.AccountsQueryDecoder;
import dev.verdant.protocol.codec.ConfigureDecoder;
import dev.verdant.protocol.codec.IssueDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OpenAccountDecoder;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.PayoutBalance;
import dev.verdant.protocol.codec.PayoutDecoder;
import dev.verdant.protocol.codec.RedeemCoinsDecoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import dev.verdant.protocol.codec.RefundDecoder;
import dev.verdant.protocol.codec.ReleaseDecoder;
import dev.verdant.protocol.codec.ReleaseReserveDecoder;
import dev.verdant.protocol.codec.SettleChannelDecoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.protocol.codec.UpdateAccountDecoder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCodecTest {
  private static final TransactionId ID =
      TransactionId.parse("340282366920938463463374607431768211455");
  private static final AccountOptions ALL_OPTIONS =
      AccountOptions.builder()
          .pool(1)
          .plan(2)
          .concessionBps(3)
          .referrer(4)
          .marketer(5)
          .district(6)
          .provincial(-7)
          .build();

  private final byte[] bytes = new byte[1024];
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();

  static Stream<Request<?>> requests() {
    return Stream.of(
        ConfigureRequest.of(program()),
        ConfigureRequest.of(Program.builder().build()).at(1),
        OpenAccountRequest.of(1, AccountKind.MERCHANT, ALL_OPTIONS).at(2),
        OpenAccountRequest.of(1, AccountKind.CONSUMER),
        UpdateAccountRequest.of(1, ALL_OPTIONS).at(3),
        UpdateAccountRequest.of(1, AccountStatus.CLOSED),
        OrderRequest.of(ID, 1, 2, 3).withCoupon(4).withChannel(5).at(6),
        RefundRequest.of(ID, ID, 1).at(2),
        IssueRequest.of(ID, 1, 2).withPool(3).withPlan(4).withReason(5).at(6),
        RedeemCoinsRequest.of(ID, 1, 2).at(3),
        PayoutRequest.of(ID, 1, PayoutBalance.COMMISSION, 2).at(3),
        ReleaseReserveRequest.of(ID, 1, 2).at(3),
        SettleChannelRequest.of(ID, 1, 2).at(3),
        ReleaseRequest.today(1).at(2),
        ReleaseRequest.of(1, 2),
        new Query.Ping(),
        new Query.Account(-1),
        new Query.Accounts(1, 2),
        new Query.Order(ID),
        new Query.Pools(),
        new Query.TrialBalance(),
        new Query.Digest(),
        new Query.Sequence(),
        new Query.TakeSnapshot(),
        new Query.SnapshotProgress());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void shouldWriteWhatAServerAccepts(Request<?> request) {
    Arrays.fill(bytes, (byte) 0xAA);

    int length = request.encode(buffer, 16, 77);

    assertThat(MessageValidator.validate(buffer, 16, length)).isEqualTo(Status.OK);
    assertThat(Frame.correlationId(buffer, 16)).isEqualTo(77);
  }

  @Test
  void shouldWriteEveryFieldOfAnOrder() {
    OrderRequest.of(new TransactionId(1, 2), 3, 4, 5)
        .withCoupon(6)
        .withChannel(7)
        .at(8)
        .encode(buffer, 0, 9);

    OrderDecoder order = new OrderDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(order.idHigh()).isEqualTo(1);
    assertThat(order.idLow()).isEqualTo(2);
    assertThat(order.buyer()).isEqualTo(3);
    assertThat(order.merchant()).isEqualTo(4);
    assertThat(order.amount()).isEqualTo(5);
    assertThat(order.coupon()).isEqualTo(6);
    assertThat(order.channel()).isEqualTo(7);
    assertThat(order.time()).isEqualTo(8);
  }

  @Test
  void shouldWriteEveryFieldOfARefund() {
    RefundRequest.of(new TransactionId(1, 2), new TransactionId(3, 4), 5).encode(buffer, 0, 9);

    RefundDecoder refund = new RefundDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(refund.idHigh()).isEqualTo(1);
    assertThat(refund.idLow()).isEqualTo(2);
    assertThat(refund.orderHigh()).isEqualTo(3);
    assertThat(refund.orderLow()).isEqualTo(4);
    assertThat(refund.amount()).isEqualTo(5);
    assertThat(refund.time()).isEqualTo(RefundDecoder.timeNullValue());
  }

  @Test
  void shouldMarkWhatIsGivenOfAnAccount() {
    AccountOptions some = AccountOptions.builder().plan(2).district(6).build();
    OpenAccountRequest.of(1, AccountKind.MERCHANT, some).encode(buffer, 0, 9);

    OpenAccountDecoder account = new OpenAccountDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(account.fields().getRaw()).isEqualTo((short) 0b0010_0010);
    assertThat(account.kind()).isEqualTo(AccountKind.MERCHANT);
    assertThat(account.plan()).isEqualTo(2);
    assertThat(account.district()).isEqualTo(6);
  }

  @Test
  void shouldMarkEverythingOfAnUpdate() {
    new UpdateAccountRequest(1, Optional.of(AccountStatus.FROZEN), ALL_OPTIONS, 2)
        .encode(buffer, 0, 9);

    UpdateAccountDecoder account = new UpdateAccountDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(account.fields().getRaw()).isEqualTo((short) 0b1111_1111);
    assertThat(account.status()).isEqualTo(AccountStatus.FROZEN);
    assertThat(account.pool()).isEqualTo(1);
    assertThat(account.plan()).isEqualTo(2);
    assertThat(account.concessionBps()).isEqualTo(3);
    assertThat(account.referrer()).isEqualTo(4);
    assertThat(account.marketer()).isEqualTo(5);
    assertThat(account.district()).isEqualTo(6);
    assertThat(account.provincial()).isEqualTo(-7);
  }

  @Test
  void shouldLeaveOutWhatIsNotGiven() {
    IssueRequest.of(ID, 1, 2).encode(buffer, 0, 9);
    IssueDecoder issue = new IssueDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(issue.pool()).isEqualTo(IssueDecoder.poolNullValue());
    assertThat(issue.plan()).isEqualTo(IssueDecoder.planNullValue());

    ReleaseRequest.today(3).encode(buffer, 0, 9);
    ReleaseDecoder release = new ReleaseDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(release.pool()).isEqualTo(3);
    assertThat(release.day()).isEqualTo(ReleaseDecoder.dayNullValue());
  }

  @Test
  void shouldWriteTheBalanceOfAPayout() {
    PayoutRequest.of(ID, 1, PayoutBalance.COMMISSION, 2).encode(buffer, 0, 9);

    PayoutDecoder payout = new PayoutDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(payout.balance()).isEqualTo(PayoutBalance.COMMISSION);
    assertThat(payout.amount()).isEqualTo(2);
  }

  @Test
  void shouldWriteEveryFieldOfACommandOnOneAccount() {
    TransactionId id = new TransactionId(1, 2);
    PayoutRequest.of(id, 3, PayoutBalance.PAYABLE, 4).at(5).encode(buffer, 0, 9);
    PayoutDecoder payout = new PayoutDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(
            List.of(
                payout.idHigh(), payout.idLow(), payout.account(), payout.amount(), payout.time()))
        .containsExactly(1L, 2L, 3L, 4L, 5L);

    RedeemCoinsRequest.of(id, 3, 4).at(5).encode(buffer, 0, 9);
    RedeemCoinsDecoder redeem = new RedeemCoinsDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(
            List.of(
                redeem.idHigh(), redeem.idLow(), redeem.account(), redeem.coins(), redeem.time()))
        .containsExactly(1L, 2L, 3L, 4L, 5L);

    ReleaseReserveRequest.of(id, 3, 4).at(5).encode(buffer, 0, 9);
    ReleaseReserveDecoder reserve =
        new ReleaseReserveDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(
            List.of(
                reserve.idHigh(),
                reserve.idLow(),
                reserve.account(),
                reserve.amount(),
                reserve.time()))
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void shouldWriteEveryFieldOfAnIssue() {
    IssueRequest.of(new TransactionId(1, 2), 3, 4)
        .withPool(5)
        .withPlan(6)
        .withReason(7)
        .at(8)
        .encode(buffer, 0, 9);

    IssueDecoder issue = new IssueDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(List.of(issue.idHigh(), issue.idLow(), issue.account(), issue.points()))
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(List.of(issue.pool(), issue.plan(), issue.reason())).containsExactly(5, 6, 7);
    assertThat(issue.time()).isEqualTo(8);
  }

  @Test
  void shouldWriteEveryFieldOfASettlementAndOfARelease() {
    SettleChannelRequest.of(new TransactionId(1, 2), 3, 4).at(5).encode(buffer, 0, 9);
    SettleChannelDecoder settle = new SettleChannelDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(List.of(settle.idHigh(), settle.idLow(), settle.amount(), settle.time()))
        .containsExactly(1L, 2L, 4L, 5L);
    assertThat(settle.channel()).isEqualTo(3);

    ReleaseRequest.of(3, 4).at(5).encode(buffer, 0, 9);
    ReleaseDecoder release = new ReleaseDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(release.pool()).isEqualTo(3);
    assertThat(release.day()).isEqualTo(4);
    assertThat(release.time()).isEqualTo(5);
  }

  @Test
  void shouldWriteEveryFieldOfAQueryForAPage() {
    AccountFilter filter =
        AccountFilter.all().upTo(3).ofKind(AccountKind.MERCHANT).ofStatus(AccountStatus.FROZEN);
    new Query.Accounts(1, 2, filter, new View(4, 5, true)).encode(buffer, 0, 9);

    AccountsQueryDecoder query = new AccountsQueryDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(query.fromAccount()).isEqualTo(1);
    assertThat(query.maxAccounts()).isEqualTo(2);
    assertThat(query.toAccount()).isEqualTo(3);
    assertThat(query.kind()).isEqualTo(AccountKind.MERCHANT);
    assertThat(query.accountStatus()).isEqualTo(AccountStatus.FROZEN);
    assertThat(query.view()).isEqualTo(4);
    assertThat(query.maxAge()).isEqualTo(5);
    assertThat(query.keepView()).isEqualTo((short) 1);
  }

  /** The message would say the number's lowest 16 bits: one account for 65,537. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 65_535, 65_537, Integer.MAX_VALUE})
  void shouldRefuseAPageOfMoreAccountsThanAQueryCanSay(int maxAccounts) {
    assertThatThrownBy(() -> new Query.Accounts(1, maxAccounts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxAccounts=" + maxAccounts);
    assertThat(new Query.Accounts(1, 65_534).maxAccounts()).isEqualTo(65_534);
  }

  @Test
  void shouldWriteEachNumberOfAProgramIntoItsField() {
    Program.Builder builder = Program.builder();
    Map<ProgramField, Integer> given = new EnumMap<>(ProgramField.class);
    for (ProgramField field : ProgramField.values()) {
      given.put(field, 1_000 + given.size());
      builder.set(field, given.get(field));
    }
    ConfigureRequest.of(builder.build()).at(5).encode(buffer, 0, 9);

    ConfigureDecoder configure = new ConfigureDecoder().wrapAndApplyHeader(buffer, 0, header);
    Map<ProgramField, Integer> written = new EnumMap<>(ProgramField.class);
    written.put(ProgramField.BUSINESS_OFFSET_MINUTES, configure.businessOffsetMinutes());
    written.put(ProgramField.MIN_CONCESSION_BPS, configure.minConcessionBps());
    written.put(ProgramField.MAX_CONCESSION_BPS, configure.maxConcessionBps());
    written.put(ProgramField.BUYER_POINTS_BPS, configure.buyerPointsBps());
    written.put(ProgramField.MERCHANT_POINTS_BPS, configure.merchantPointsBps());
    written.put(ProgramField.INCENTIVE_SHARE_BPS, configure.incentiveShareBps());
    written.put(ProgramField.MERCHANT_PAYABLE_BPS, configure.merchantPayableBps());
    written.put(ProgramField.MARKETER_BPS, configure.marketerBps());
    written.put(ProgramField.DISTRICT_BPS, configure.districtBps());
    written.put(ProgramField.PROVINCIAL_BPS, configure.provincialBps());
    written.put(ProgramField.REFERRAL_BPS, configure.referralBps());
    written.put(ProgramField.COIN_BPS, configure.coinBps());
    written.put(ProgramField.MAX_COUPON_BPS, configure.maxCouponBps());
    written.put(ProgramField.DAILY_VALVE_BPS, configure.dailyValveBps());
    written.put(ProgramField.MONTHLY_VALVE_BPS, configure.monthlyValveBps());
    written.put(ProgramField.ORDER_WINDOW_DAYS, configure.orderWindowDays());
    assertThat(written).isEqualTo(given);
    assertThat(configure.time()).isEqualTo(5);
  }

  @Test
  void shouldWriteTheFieldsAndListsOfAProgram() {
    ConfigureRequest.of(program()).encode(buffer, 0, 9);

    ConfigureDecoder configure = new ConfigureDecoder().wrapAndApplyHeader(buffer, 0, header);
    assertThat(configure.coinBps()).isEqualTo(123);
    assertThat(configure.minConcessionBps())
        .isEqualTo(ConfigureDecoder.minConcessionBpsNullValue());
    assertThat(configure.referralPolicy()).isEqualTo(ReferralPolicy.FIRST_ORDER);
    assertThat(configure.lists().channels()).isTrue();
    assertThat(configure.lists().pools()).isTrue();
    assertThat(configure.lists().plans()).isFalse();
    ConfigureDecoder.ChannelsDecoder channels = configure.channels();
    assertThat(channels.count()).isEqualTo(2);
    assertThat(channels.next().channel()).isEqualTo(1);
    assertThat(channels.merchantDailyLimit())
        .isEqualTo(ConfigureDecoder.ChannelsDecoder.merchantDailyLimitNullValue());
    assertThat(channels.next().channel()).isEqualTo(2);
    assertThat(channels.merchantDailyLimit()).isEqualTo(500);
    ConfigureDecoder.PoolsDecoder pools = configure.pools();
    assertThat(pools.next().pool()).isEqualTo(3);
    assertThat(pools.initialValue()).isEqualTo(1_000);
    assertThat(pools.stepBps()).isEqualTo(ConfigureDecoder.PoolsDecoder.stepBpsNullValue());
    assertThat(configure.plans().count()).isZero();
  }

  @Test
  void shouldReadAndWriteTransactionIdsAsDecimalDigits() {
    assertThat(ID).isEqualTo(new TransactionId(-1, -1));
    assertThat(ID).hasToString("340282366920938463463374607431768211455");
    assertThat(TransactionId.parse("18446744073709551616")).isEqualTo(new TransactionId(1, 0));
    assertThat(TransactionId.parse("18446744073709551615")).isEqualTo(TransactionId.of(-1));
    assertThat(TransactionId.of(-1)).hasToString("18446744073709551615");
    assertThat(new TransactionId(1, 0)).hasToString("18446744073709551616");
    assertThat(TransactionId.of(new UUID(5, 6))).isEqualTo(new TransactionId(5, 6));
  }

  @Test
  void shouldRefuseATransactionIdThatIsNoNumberOf128Bits() {
    for (String text :
        new String[] {"", "-1", "1.5", "x", "340282366920938463463374607431768211456"}) {
      assertThatThrownBy(() -> TransactionId.parse(text)).isInstanceOf(NumberFormatException.class);
    }
  }

  private static Program program() {
    return Program.builder()
        .set(ProgramField.COIN_BPS, 123)
        .referralPolicy(ReferralPolicy.FIRST_ORDER)
        .channels(Program.Channel.of(1), Program.Channel.of(2, 500))
        .pools(Program.Pool.of(3, 1_000))
        .build();
  }
}
