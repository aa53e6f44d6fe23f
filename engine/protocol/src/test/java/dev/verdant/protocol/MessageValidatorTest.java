package dev.verdant.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.AccountsQueryEncoder;
import dev.verdant.protocol.codec.ConfigureEncoder;
import dev.verdant.protocol.codec.HelloEncoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OpenAccountEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.PayoutBalance;
import dev.verdant.protocol.codec.PayoutEncoder;
import dev.verdant.protocol.codec.PingEncoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import dev.verdant.protocol.codec.SnapshotQueryEncoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.protocol.codec.TakeSnapshotEncoder;
import dev.verdant.protocol.codec.UpdateAccountEncoder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MessageValidatorTest {
  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  private int order() {
    return HEADER
        + new OrderEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .correlationId(1)
            .time(0)
            .idLow(1)
            .idHigh(0)
            .buyer(1)
            .merchant(2)
            .amount(-5)
            .coupon(0)
            .channel(70_000)
            .encodedLength();
  }

  private int configure(int channels) {
    final ConfigureEncoder encoder = new ConfigureEncoder().wrapAndApplyHeader(buffer, 0, header);
    buffer.setMemory(HEADER, ConfigureEncoder.BLOCK_LENGTH, (byte) 0);
    encoder.referralPolicy(ReferralPolicy.NULL_VAL).lists().clear().channels(true);
    final var group = encoder.channelsCount(channels);
    for (int i = 0; i < channels; i++) {
      group.next().channel(i).merchantDailyLimit(0);
    }
    encoder.poolsCount(0);
    encoder.plansCount(0);
    return HEADER + encoder.encodedLength();
  }

  private Status validate(int length) {
    return MessageValidator.validate(buffer, 0, length);
  }

  @Test
  void shouldPassValidMessagesWhateverTheirNumbers() {
    assertThat(validate(order())).isEqualTo(Status.OK);
    assertThat(validate(configure(3))).isEqualTo(Status.OK);
  }

  @Test
  void shouldRefuseAPayoutWithoutBalance() {
    final PayoutEncoder payout = new PayoutEncoder().wrapAndApplyHeader(buffer, 0, header);
    payout.time(0).balance(PayoutBalance.NULL_VAL);
    assertThat(validate(HEADER + PayoutEncoder.BLOCK_LENGTH)).isEqualTo(Status.MALFORMED);
    payout.balance(PayoutBalance.COMMISSION);
    assertThat(validate(HEADER + PayoutEncoder.BLOCK_LENGTH)).isEqualTo(Status.OK);
  }

  @Test
  void shouldAskForAStatusOnlyWhereItIsGiven() {
    final UpdateAccountEncoder update =
        new UpdateAccountEncoder().wrapAndApplyHeader(buffer, 0, header);
    final int length = HEADER + UpdateAccountEncoder.BLOCK_LENGTH;
    final int status = HEADER + UpdateAccountEncoder.statusEncodingOffset();
    update.time(0);
    for (final int unmarked : new int[] {0, 254, AccountStatus.NULL_VAL.value()}) {
      update.fields().clear();
      buffer.putByte(status, (byte) unmarked);
      assertThat(validate(length)).as("status " + unmarked).isEqualTo(Status.OK);
      update.fields().status(true);
      assertThat(validate(length)).as("status " + unmarked).isEqualTo(Status.MALFORMED);
    }
    update.status(AccountStatus.CLOSED);
    assertThat(validate(length)).isEqualTo(Status.OK);
  }

  @Test
  void shouldRefuseATimeBeyondTheLimits() {
    final int length = order();
    Messages.putCommandTimeMillis(buffer, 0, Limits.MAX_TIME_MILLIS);
    assertThat(validate(length)).isEqualTo(Status.OK);
    Messages.putCommandTimeMillis(buffer, 0, Limits.MAX_TIME_MILLIS + 1);
    assertThat(validate(length)).isEqualTo(Status.MALFORMED);
    Messages.putCommandTimeMillis(buffer, 0, Limits.MIN_TIME_MILLIS);
    assertThat(validate(length)).isEqualTo(Status.OK);
    Messages.putCommandTimeMillis(buffer, 0, Limits.MIN_TIME_MILLIS - 1);
    assertThat(validate(length)).isEqualTo(Status.MALFORMED);
    Messages.putCommandTimeMillis(buffer, 0, OrderEncoder.timeNullValue());
    assertThat(validate(length)).as("not given").isEqualTo(Status.OK);
  }

  /** It is what settles the version. */
  @Test
  void shouldTakeAHelloOfAnyVersionAndNothingElse() {
    for (final int version : new int[] {0, MessageValidator.MAX_VERSION + 1, 65_535}) {
      new HelloEncoder().wrapAndApplyHeader(buffer, 0, header).correlationId(1);
      header.version(version);
      assertThat(validate(HEADER + HelloEncoder.BLOCK_LENGTH)).isEqualTo(Status.OK);
      new PingEncoder().wrapAndApplyHeader(buffer, 0, header).correlationId(1);
      header.version(version);
      assertThat(validate(HEADER + PingEncoder.BLOCK_LENGTH)).isEqualTo(Status.UNSUPPORTED_VERSION);
    }
  }

  @Test
  void shouldTellAnotherSchemaVersionAndTemplate() {
    final int length = order();
    header.wrap(buffer, 0).schemaId(1);
    assertThat(validate(length)).isEqualTo(Status.UNSUPPORTED_VERSION);
    order();
    header.wrap(buffer, 0).version(MessageValidator.MAX_VERSION + 1);
    assertThat(validate(length)).isEqualTo(Status.UNSUPPORTED_VERSION);
    order();
    header.wrap(buffer, 0).templateId(30);
    assertThat(validate(length)).isEqualTo(Status.UNKNOWN_COMMAND);
  }

  @Test
  void shouldTakeTheShorterBlocksOfVersionOneFromItOnly() {
    final AccountsQueryEncoder query = new AccountsQueryEncoder();
    query.wrapAndApplyHeader(buffer, 0, header).correlationId(1).fromAccount(0).maxAccounts(1);
    final int blockLength = AccountsQueryEncoder.toAccountEncodingOffset();
    header.blockLength(blockLength).version(1);
    assertThat(validate(HEADER + blockLength)).isEqualTo(Status.OK);
    for (int version = 2; version <= MessageValidator.MAX_VERSION; version++) {
      header.version(version);
      assertThat(validate(HEADER + blockLength)).isEqualTo(Status.MALFORMED);
    }
    header.version(1).blockLength(blockLength - 1);
    assertThat(validate(HEADER + blockLength - 1)).isEqualTo(Status.MALFORMED);
  }

  @Test
  void shouldTakeTheSameRequestsInEveryVersionFromTwoOn() {
    for (int version = 2; version <= MessageValidator.MAX_VERSION; version++) {
      int length = order();
      header.version(version);
      assertThat(validate(length)).isEqualTo(Status.OK);
      assertThat(validate(length - 1)).isEqualTo(Status.MALFORMED);
      length = configure(3);
      new MessageHeaderEncoder().wrap(buffer, 0).version(version);
      assertThat(validate(length)).isEqualTo(Status.OK);
    }
  }

  @Test
  void shouldLowerTheVersionOfAHeaderToWhatTheReaderKnowsAndNeverRaiseIt() {
    order();
    Messages.limitVersion(buffer, 0, 65_535);
    assertThat(version()).isEqualTo(MessageValidator.MAX_VERSION);
    Messages.limitVersion(buffer, 0, 2);
    assertThat(version()).isEqualTo(2);
    Messages.limitVersion(buffer, 0, MessageValidator.MAX_VERSION);
    assertThat(version()).isEqualTo(2);
    header.version(65_535);
    Messages.limitVersion(buffer, 0, 3);
    assertThat(version()).isEqualTo(3);
  }

  private int version() {
    return new MessageHeaderDecoder().wrap(buffer, 0).version();
  }

  @Test
  void shouldTakeALongerBlockThatEndsWithTheMessage() {
    final int length = order();
    header.blockLength(OrderEncoder.BLOCK_LENGTH + 5);
    assertThat(validate(length + 5)).isEqualTo(Status.OK);
    assertThat(validate(length + 4)).isEqualTo(Status.MALFORMED);
    assertThat(validate(length + 6)).isEqualTo(Status.MALFORMED);
  }

  @Test
  void shouldRefuseAMarkThatMeansNothing() {
    final OpenAccountEncoder open = new OpenAccountEncoder();
    open.wrapAndApplyHeader(buffer, 0, header).time(0).kind(AccountKind.CONSUMER);
    open.fields().clear().provincial(true);
    final int length = HEADER + OpenAccountEncoder.BLOCK_LENGTH;
    assertThat(validate(length)).isEqualTo(Status.OK);
    open.fields().status(true);
    assertThat(validate(length)).isEqualTo(Status.MALFORMED);
  }

  @Test
  void shouldNotKnowTheRequestsOfVersionTwoInVersionOne() {
    final int length = HEADER + TakeSnapshotEncoder.BLOCK_LENGTH;
    new TakeSnapshotEncoder().wrapAndApplyHeader(buffer, 0, header).correlationId(1);
    assertThat(validate(length)).isEqualTo(Status.OK);
    header.version(1);
    assertThat(validate(length)).isEqualTo(Status.UNKNOWN_COMMAND);
    new SnapshotQueryEncoder().wrapAndApplyHeader(buffer, 0, header).correlationId(1);
    assertThat(validate(length)).isEqualTo(Status.OK);
    header.version(1);
    assertThat(validate(length)).isEqualTo(Status.UNKNOWN_COMMAND);
  }

  @Property
  void shouldRefuseEveryTruncationWithoutReadingOutside(@ForAll @IntRange(max = 20) int channels) {
    final int length = configure(channels);
    for (int cut = 0; cut < length; cut++) {
      final UnsafeBuffer exact = new UnsafeBuffer(new byte[cut]);
      exact.putBytes(0, buffer, 0, cut);
      assertThat(MessageValidator.validate(exact, 0, cut)).isEqualTo(Status.MALFORMED);
    }
  }

  @Property
  void shouldNeverThrowOnMutatedBytes(
      @ForAll boolean plain, @ForAll @Size(max = 12) byte[] bytes, @ForAll int seed) {
    final int length = plain ? order() : configure(5);
    for (int i = 0; i < bytes.length; i++) {
      buffer.putByte(Math.floorMod(seed * (i + 7), Math.min(length, 100)), bytes[i]);
    }
    final UnsafeBuffer exact = new UnsafeBuffer(new byte[length]);
    exact.putBytes(0, buffer, 0, length);
    assertThat(MessageValidator.validate(exact, 0, length))
        .isIn(Status.OK, Status.MALFORMED, Status.UNKNOWN_COMMAND, Status.UNSUPPORTED_VERSION);
  }
}
