package dev.verdant.pipeline;

import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountsQueryEncoder;
import dev.verdant.protocol.codec.ConfigureEncoder;
import dev.verdant.protocol.codec.DigestQueryEncoder;
import dev.verdant.protocol.codec.HelloEncoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OpenAccountEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.PingEncoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import dev.verdant.protocol.codec.SequenceQueryEncoder;
import dev.verdant.protocol.codec.SnapshotQueryEncoder;
import dev.verdant.protocol.codec.TakeSnapshotEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the requests of the tests, one at a time, into {@link #buffer}. */
public final class TestMessages {
  /** Consumer of the test orders. */
  public static final long BUYER = 1001;

  /** Merchant of the test orders. */
  public static final long MERCHANT = 2001;

  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

  public final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final HelloEncoder hello = new HelloEncoder();
  private final PingEncoder ping = new PingEncoder();
  private final OpenAccountEncoder open = new OpenAccountEncoder();
  private final ConfigureEncoder configure = new ConfigureEncoder();
  private final OrderEncoder order = new OrderEncoder();
  private final SequenceQueryEncoder sequence = new SequenceQueryEncoder();
  private final AccountsQueryEncoder accounts = new AccountsQueryEncoder();
  private final DigestQueryEncoder digest = new DigestQueryEncoder();
  private final TakeSnapshotEncoder takeSnapshot = new TakeSnapshotEncoder();
  private final SnapshotQueryEncoder snapshotProgress = new SnapshotQueryEncoder();

  public int hello(long correlationId, int minVersion, int maxVersion) {
    hello
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .minVersion(minVersion)
        .maxVersion(maxVersion);
    return HEADER + hello.encodedLength();
  }

  public int ping(long correlationId) {
    ping.wrapAndApplyHeader(buffer, 0, header).correlationId(correlationId);
    return HEADER + ping.encodedLength();
  }

  public int openBuyer(long correlationId) {
    return openBuyer(correlationId, BUYER);
  }

  public int openBuyer(long correlationId, long account) {
    return open(correlationId, account, AccountKind.CONSUMER);
  }

  public int openMerchant(long correlationId) {
    final int length = open(correlationId, MERCHANT, AccountKind.MERCHANT);
    open.fields().concessionBps(true);
    open.concessionBps(1500);
    return length;
  }

  private int open(long correlationId, long account, AccountKind kind) {
    open.wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(OpenAccountEncoder.timeNullValue())
        .account(account)
        .kind(kind);
    open.fields().clear();
    open.pool(0).plan(0).concessionBps(0).referrer(0).marketer(0).district(0).provincial(0);
    return HEADER + open.encodedLength();
  }

  /** Changes nothing of the program but the business offset. */
  public int businessOffset(long correlationId, int minutes) {
    configure
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(ConfigureEncoder.timeNullValue())
        .businessOffsetMinutes(minutes)
        .minConcessionBps(ConfigureEncoder.minConcessionBpsNullValue())
        .maxConcessionBps(ConfigureEncoder.maxConcessionBpsNullValue())
        .buyerPointsBps(ConfigureEncoder.buyerPointsBpsNullValue())
        .merchantPointsBps(ConfigureEncoder.merchantPointsBpsNullValue())
        .incentiveShareBps(ConfigureEncoder.incentiveShareBpsNullValue())
        .merchantPayableBps(ConfigureEncoder.merchantPayableBpsNullValue())
        .marketerBps(ConfigureEncoder.marketerBpsNullValue())
        .districtBps(ConfigureEncoder.districtBpsNullValue())
        .provincialBps(ConfigureEncoder.provincialBpsNullValue())
        .referralBps(ConfigureEncoder.referralBpsNullValue())
        .coinBps(ConfigureEncoder.coinBpsNullValue())
        .maxCouponBps(ConfigureEncoder.maxCouponBpsNullValue())
        .dailyValveBps(ConfigureEncoder.dailyValveBpsNullValue())
        .monthlyValveBps(ConfigureEncoder.monthlyValveBpsNullValue())
        .orderWindowDays(ConfigureEncoder.orderWindowDaysNullValue())
        .referralPolicy(ReferralPolicy.NULL_VAL)
        .lists()
        .clear();
    configure.channelsCount(0);
    configure.poolsCount(0);
    configure.plansCount(0);
    return HEADER + configure.encodedLength();
  }

  /** An order of 100.00 yuan. */
  public int order(long correlationId, long id) {
    order
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(OrderEncoder.timeNullValue())
        .idLow(id)
        .idHigh(0)
        .buyer(BUYER)
        .merchant(MERCHANT)
        .amount(10_000)
        .coupon(0)
        .channel(1);
    return HEADER + order.encodedLength();
  }

  public int sequence(long correlationId) {
    sequence.wrapAndApplyHeader(buffer, 0, header).correlationId(correlationId);
    return HEADER + sequence.encodedLength();
  }

  public int digest(long correlationId) {
    return digest(correlationId, 0);
  }

  /** A digest whose view its connection keeps. */
  public int keptDigest(long correlationId) {
    return digest(correlationId, 1);
  }

  private int digest(long correlationId, int keepView) {
    digest
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .view(DigestQueryEncoder.viewNullValue())
        .maxAge(0)
        .keepView((short) keepView);
    return HEADER + digest.encodedLength();
  }

  public int takeSnapshot(long correlationId) {
    takeSnapshot.wrapAndApplyHeader(buffer, 0, header).correlationId(correlationId);
    return HEADER + takeSnapshot.encodedLength();
  }

  public int snapshotProgress(long correlationId) {
    snapshotProgress.wrapAndApplyHeader(buffer, 0, header).correlationId(correlationId);
    return HEADER + snapshotProgress.encodedLength();
  }

  /** A page of accounts as version 1 asks for it. */
  public int accountsOfVersion1(long correlationId) {
    accounts
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .fromAccount(0)
        .maxAccounts(10);
    header.blockLength(AccountsQueryEncoder.toAccountEncodingOffset()).version(1);
    return HEADER + AccountsQueryEncoder.toAccountEncodingOffset();
  }

  public void templateId(int templateId) {
    putShort(MessageHeaderDecoder.templateIdEncodingOffset(), templateId);
  }

  public void schemaId(int schemaId) {
    putShort(MessageHeaderDecoder.schemaIdEncodingOffset(), schemaId);
  }

  /** That of the header of the message just encoded. */
  public void version(int version) {
    putShort(MessageHeaderDecoder.versionEncodingOffset(), version);
  }

  public void blockLength(int blockLength) {
    putShort(MessageHeaderDecoder.blockLengthEncodingOffset(), blockLength);
  }

  private void putShort(int index, int value) {
    buffer.putShort(index, (short) value, ByteOrder.LITTLE_ENDIAN);
  }

  /** Sequence of the reply to a command or a query: it follows the correlation id. */
  public static long replySequence(DirectBuffer reply, int offset) {
    return reply.getLong(offset + HEADER + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
  }

  /** Status of the reply to a command or a query. */
  public static int replyStatus(DirectBuffer reply, int offset) {
    return reply.getShort(offset + HEADER + 2 * Long.BYTES, ByteOrder.LITTLE_ENDIAN);
  }

  /** Status of an error or a hello reply. */
  public static int errorStatus(DirectBuffer reply, int offset) {
    return reply.getShort(offset + HEADER + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
  }
}
