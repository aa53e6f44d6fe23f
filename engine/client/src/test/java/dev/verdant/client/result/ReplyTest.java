package dev.verdant.client.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountReplyEncoder;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.AccountsQueryReplyEncoder;
import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;
import dev.verdant.protocol.codec.CommandReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderReplyEncoder;
import dev.verdant.protocol.codec.PongEncoder;
import dev.verdant.protocol.codec.ReleaseReplyEncoder;
import dev.verdant.protocol.codec.SequenceQueryReplyEncoder;
import dev.verdant.protocol.codec.SnapshotOutcome;
import dev.verdant.protocol.codec.SnapshotQueryReplyEncoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.protocol.codec.TakeSnapshotReplyEncoder;
import dev.verdant.protocol.codec.TrialBalanceQueryReplyEncoder;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyTest {
  private static final long UINT64_MAX = -1;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  @Test
  void shouldHaveNoBalancesWhenTheReplyCarriesNone() {
    OrderResult result = OrderResult.decode(reply(command(Status.ACCOUNT_NOT_FOUND), false));

    assertThat(result.status()).isEqualTo(Status.ACCOUNT_NOT_FOUND);
    assertThat(result.sequence()).isEqualTo(UINT64_MAX);
    assertThat(result.balances()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {
        "INVALID_ID",
        "INVALID_AMOUNT",
        "ID_CONFLICT",
        "ACCOUNT_NOT_FOUND",
        "WRONG_KIND",
        "ORDER_NOT_FOUND"
      })
  void shouldHaveNoBalancesWhenTheLedgerDidNotKnowASideOfTheOrder(Status status) {
    assertThat(OrderResult.decode(reply(orderReply(status), false)).balances()).isEmpty();
  }

  @Test
  void shouldHaveBalancesAfterAnyOtherRejectionOfAnOrder() {
    assertThat(OrderResult.decode(reply(orderReply(Status.INSUFFICIENT_COUPONS), false)).balances())
        .contains(new OrderResult.Balances(1, 2, 3, 4, 5));
  }

  @Test
  void shouldTellTheBalancesOfAnAccountItsPointsIncluded() {
    AccountResult result = AccountResult.decode(reply(accountReply(), false));
    assertThat(result.sequence()).isEqualTo(2);
    assertThat(result.balances())
        .contains(new AccountResult.Balances(3, 4, 5, 6, 7, 8, OptionalLong.of(9)));
  }

  @Test
  void shouldReadTheShorterAccountReplyOfAServerOfVersionThree() {
    accountReply();
    int blockLength = AccountReplyEncoder.pointsEncodingOffset();
    header.blockLength(blockLength).version(3);
    int length = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;

    AccountResult result = AccountResult.decode(new Reply().wrap(buffer, 0, length, false));

    assertThat(result.balances())
        .contains(new AccountResult.Balances(3, 4, 5, 6, 7, 8, OptionalLong.empty()));
  }

  private AccountReplyEncoder accountReply() {
    return new AccountReplyEncoder()
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(1)
        .sequence(2)
        .status(Status.OK)
        .coupon(3)
        .pending(4)
        .coin(5)
        .payable(6)
        .reserve(7)
        .commission(8)
        .points(9);
  }

  @Test
  void shouldHaveNoRunWhenThereIsNoSuchPool() {
    ReleaseReplyEncoder encoder =
        new ReleaseReplyEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .correlationId(1)
            .sequence(2)
            .status(Status.POOL_NOT_FOUND)
            .opened((short) 0)
            .period(0)
            .value(0)
            .released(0)
            .backlog(0);
    assertThat(ReleaseResult.decode(reply(encoder, false)).run()).isEmpty();

    encoder.status(Status.ALREADY_RUN).period(7);
    assertThat(ReleaseResult.decode(reply(encoder, false)).run())
        .contains(new ReleaseResult.Run(false, 7, 0, 0, 0));
  }

  @Test
  void shouldReadADuplicateAsAcceptedOnlyWhenTheClientSentAgain() {
    assertThat(CommandResult.decode(reply(command(Status.DUPLICATE), true)).status())
        .isEqualTo(Status.OK);
    assertThat(CommandResult.decode(reply(command(Status.DUPLICATE), false)).status())
        .isEqualTo(Status.DUPLICATE);
    assertThat(CommandResult.decode(reply(command(Status.ALREADY_RUN), true)).status())
        .isEqualTo(Status.ALREADY_RUN);
  }

  @Test
  void shouldReadAStatusOfANewerServerAsUnknown() {
    CommandReplyEncoder encoder = command(Status.OK);
    int statusIndex =
        MessageHeaderEncoder.ENCODED_LENGTH + CommandReplyEncoder.statusEncodingOffset();
    buffer.putShort(statusIndex, (short) 60_000);

    CommandResult result = CommandResult.decode(reply(encoder, false));

    assertThat(result.status()).isEqualTo(Status.SBE_UNKNOWN);
    assertThat(result.accepted()).isFalse();
  }

  @Test
  void shouldRefuseAReplyThatDoesNotAnswerTheRequest() {
    PongEncoder pong =
        new PongEncoder().wrapAndApplyHeader(buffer, 0, header).correlationId(1).sequence(2);

    assertThatThrownBy(() -> OrderResult.decode(reply(pong, false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("template " + PongEncoder.TEMPLATE_ID);
  }

  @Test
  void shouldNotReadBeyondTheMessageWhateverItsHeaderClaims() {
    command(Status.OK);
    Reply cut = new Reply().wrap(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + 9, false);

    assertThatThrownBy(() -> CommandResult.decode(cut))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldReadEveryAccountOfAPage() {
    AccountsQueryReplyEncoder encoder =
        new AccountsQueryReplyEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .correlationId(1)
            .sequence(2)
            .status(Status.OK)
            .more((short) 1);
    AccountsQueryReplyEncoder.AccountsEncoder accounts = encoder.accountsCount(2);
    putAccount(accounts.next(), 10);
    putAccount(accounts.next(), UINT64_MAX);

    AccountsQueryResult result = AccountsQueryResult.decode(reply(encoder, false));

    assertThat(result.more()).isTrue();
    assertThat(result.accounts()).containsExactly(account(10), account(UINT64_MAX));
  }

  @Test
  void shouldAddUpTheBooksOfEachAsset() {
    TrialBalanceQueryReplyEncoder encoder =
        new TrialBalanceQueryReplyEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .correlationId(1)
            .sequence(2)
            .status(Status.OK);
    encoder
        .entriesCount(3)
        .next()
        .asset(Asset.CNY)
        .bookAccount(BookAccount.CUSTODY)
        .amount(70)
        .next()
        .asset(Asset.CNY)
        .bookAccount(BookAccount.MERCHANT_PAYABLE)
        .amount(-70)
        .next()
        .asset(Asset.COIN)
        .bookAccount(BookAccount.ISSUED)
        .amount(-5);

    TrialBalanceResult result = TrialBalanceResult.decode(reply(encoder, false));

    assertThat(result.sum(Asset.CNY)).isZero();
    assertThat(result.sum(Asset.COIN)).isEqualTo(-5);
    assertThat(TrialBalanceResult.ASSETS)
        .containsExactlyElementsOf(
            EnumSet.complementOf(EnumSet.of(Asset.NULL_VAL, Asset.SBE_UNKNOWN)));
    assertThat(result.imbalances()).containsExactly(Map.entry(Asset.COIN, -5L));
    assertThat(result.amount(Asset.CNY, BookAccount.CUSTODY)).isEqualTo(70);
    assertThat(result.amount(Asset.POINTS, BookAccount.HELD)).isZero();
  }

  @Test
  void shouldTellWhenASnapshotHasEndedAndWhetherItIsOnDisk() {
    TakeSnapshotResult begun =
        TakeSnapshotResult.decode(
            reply(
                new TakeSnapshotReplyEncoder()
                    .wrapAndApplyHeader(buffer, 0, header)
                    .correlationId(1)
                    .sequence(70)
                    .status(Status.OK)
                    .number(3),
                false));
    assertThat(begun.sequence()).isEqualTo(70);
    assertThat(begun.number()).isEqualTo(3);

    SnapshotProgressResult before = progress(3, 2, SnapshotOutcome.FAILED, 69);
    assertThat(before.hasEnded(begun)).isFalse();
    assertThat(before.isOnDisk(begun)).isFalse();
    SnapshotProgressResult after = progress(0, 3, SnapshotOutcome.WRITTEN, 70);
    assertThat(after.hasEnded(begun)).isTrue();
    assertThat(after.isOnDisk(begun)).isTrue();
    TakeSnapshotResult refused =
        new TakeSnapshotResult(new Outcome(Status.ENGINE_FAILED, 0, false, ""), 0);
    assertThat(after.isOnDisk(refused)).isFalse();
    assertThat(after.outcome().sequence()).isEqualTo(71);
    assertThat(after)
        .isEqualTo(
            new SnapshotProgressResult(
                after.outcome(), 0, 3, SnapshotOutcome.WRITTEN, 70, 80, 90, 100));
  }

  @Test
  void shouldTellWhichIdsTheLedgerRemembersWhereItHasForgottenAny() {
    SequenceQueryReplyEncoder encoder = sequenceReply().firstRememberedDay(-3).orderWindowDays(30);
    SequenceResult result = SequenceResult.decode(reply(encoder, false));
    assertThat(result.sequence()).isEqualTo(2);
    assertThat(result.timeMillis()).isEqualTo(3);
    assertThat(result.businessOffsetMinutes()).isEqualTo(480);
    assertThat(result.firstRememberedDay()).hasValue(-3);
    assertThat(result.orderWindowDays()).hasValue(30);

    encoder.firstRememberedDay(SequenceQueryReplyEncoder.firstRememberedDayNullValue());
    result = SequenceResult.decode(reply(encoder, false));
    assertThat(result.firstRememberedDay()).isEmpty();
    assertThat(result.orderWindowDays()).hasValue(30);
  }

  @Test
  void shouldReadTheShorterSequenceReplyOfAServerOfVersionTwo() {
    sequenceReply();
    int blockLength = SequenceQueryReplyEncoder.firstRememberedDayEncodingOffset();
    header.blockLength(blockLength).version(2);
    int length = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;

    SequenceResult result = SequenceResult.decode(new Reply().wrap(buffer, 0, length, false));

    assertThat(result.timeMillis()).isEqualTo(3);
    assertThat(result.businessOffsetMinutes()).isEqualTo(480);
    assertThat(result.firstRememberedDay()).isEmpty();
    assertThat(result.orderWindowDays()).isEmpty();
  }

  private SequenceQueryReplyEncoder sequenceReply() {
    return new SequenceQueryReplyEncoder()
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(1)
        .sequence(2)
        .status(Status.OK)
        .time(3)
        .businessOffsetMinutes(480);
  }

  private SnapshotProgressResult progress(
      long running, long ended, SnapshotOutcome outcome, long newest) {
    return SnapshotProgressResult.decode(
        reply(
            new SnapshotQueryReplyEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(2)
                .sequence(71)
                .status(Status.OK)
                .outcome(outcome)
                .running(running)
                .ended(ended)
                .newest(newest)
                .accounts(80)
                .bytes(90)
                .duration(100),
            false));
  }

  private OrderReplyEncoder orderReply(Status status) {
    return new OrderReplyEncoder()
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(1)
        .sequence(2)
        .status(status)
        .buyerCoupon(1)
        .buyerPending(2)
        .buyerCoin(3)
        .merchantPayable(4)
        .merchantReserve(5);
  }

  private CommandReplyEncoder command(Status status) {
    return new CommandReplyEncoder()
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(1)
        .sequence(UINT64_MAX)
        .status(status);
  }

  private Reply reply(MessageEncoderFlyweight encoder, boolean resent) {
    int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    return new Reply().wrap(buffer, 0, length, resent);
  }

  private static void putAccount(AccountsQueryReplyEncoder.AccountsEncoder encoder, long id) {
    encoder
        .kind(AccountKind.CONSUMER)
        .accountStatus(AccountStatus.FROZEN)
        .account(id)
        .coupon(1)
        .pending(2)
        .coin(3)
        .points(4)
        .payable(5)
        .reserve(6)
        .commission(7)
        .monthConsumption(8)
        .monthCredited(9)
        .turnover(10);
  }

  private static AccountState account(long id) {
    return new AccountState(
        AccountKind.CONSUMER, AccountStatus.FROZEN, id, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }
}
