package dev.verdant.protocol;

import dev.verdant.protocol.codec.AccountFieldsDecoder;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountQueryDecoder;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.AccountsQueryDecoder;
import dev.verdant.protocol.codec.ConfigureDecoder;
import dev.verdant.protocol.codec.DigestQueryDecoder;
import dev.verdant.protocol.codec.GroupSizeEncodingDecoder;
import dev.verdant.protocol.codec.HelloDecoder;
import dev.verdant.protocol.codec.IssueDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OpenAccountDecoder;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.OrderQueryDecoder;
import dev.verdant.protocol.codec.PayoutBalance;
import dev.verdant.protocol.codec.PayoutDecoder;
import dev.verdant.protocol.codec.PingDecoder;
import dev.verdant.protocol.codec.PoolsQueryDecoder;
import dev.verdant.protocol.codec.RedeemCoinsDecoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import dev.verdant.protocol.codec.RefundDecoder;
import dev.verdant.protocol.codec.ReleaseDecoder;
import dev.verdant.protocol.codec.ReleaseReserveDecoder;
import dev.verdant.protocol.codec.SequenceQueryDecoder;
import dev.verdant.protocol.codec.SettleChannelDecoder;
import dev.verdant.protocol.codec.SnapshotQueryDecoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.protocol.codec.TakeSnapshotDecoder;
import dev.verdant.protocol.codec.TrialBalanceQueryDecoder;
import dev.verdant.protocol.codec.UpdateAccountDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells whether bytes from a peer are a request that the codecs can read safely: lengths, group
 * counts, enums, sets and the time. Amounts, ids and rates are the ledger's business, which answers
 * them by the rulebook.
 *
 * <p>Lengths come from the peer, and SBE cannot delimit a message: nothing is read before it is
 * known to lie within the message. Never throws, never allocates; stateless, safe from any thread.
 */
public final class MessageValidator {
  /** Oldest schema version understood. */
  public static final int MIN_VERSION = 1;

  /** Newest schema version understood. */
  public static final int MAX_VERSION = MessageHeaderDecoder.SCHEMA_VERSION;

  private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;
  private static final int GROUP_HEADER_LENGTH = GroupSizeEncodingDecoder.ENCODED_LENGTH;

  /**
   * Block length by template id of the newest version, and of version 2, whose requests are the
   * same; 0 where there is no such request.
   */
  private static final int[] BLOCK_LENGTHS = new int[SnapshotQueryDecoder.TEMPLATE_ID + 1];

  /**
   * The same of version 1: where fields have been appended since, the first of them ends it; 0
   * where the request came later.
   */
  private static final int[] BLOCK_LENGTHS_1;

  /**
   * The SBE header, as it stands in eight bytes, of each request of the newest version that is as
   * long as its block and whose fields need no look; 0 where there is none. By template id.
   */
  private static final long[] PLAIN_HEADERS = new long[BLOCK_LENGTHS.length];

  private static final int TEMPLATE_ID_SHIFT =
      Byte.SIZE * MessageHeaderDecoder.templateIdEncodingOffset();

  /** OpenAccount has no status field, so not the set's last bit. */
  private static final int OPEN_FIELDS = 0b0111_1111;

  private static final int UPDATE_FIELDS = 0b1111_1111;
  private static final int KNOWN_LISTS = 0b111;

  private static final int CHANNEL_LENGTH = ConfigureDecoder.ChannelsDecoder.sbeBlockLength();
  private static final int POOL_LENGTH = ConfigureDecoder.PoolsDecoder.sbeBlockLength();
  private static final int PLAN_LENGTH = ConfigureDecoder.PlansDecoder.sbeBlockLength();

  static {
    BLOCK_LENGTHS[HelloDecoder.TEMPLATE_ID] = HelloDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[PingDecoder.TEMPLATE_ID] = PingDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[ConfigureDecoder.TEMPLATE_ID] = ConfigureDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[OpenAccountDecoder.TEMPLATE_ID] = OpenAccountDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[UpdateAccountDecoder.TEMPLATE_ID] = UpdateAccountDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[OrderDecoder.TEMPLATE_ID] = OrderDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[RefundDecoder.TEMPLATE_ID] = RefundDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[IssueDecoder.TEMPLATE_ID] = IssueDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[RedeemCoinsDecoder.TEMPLATE_ID] = RedeemCoinsDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[PayoutDecoder.TEMPLATE_ID] = PayoutDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[ReleaseReserveDecoder.TEMPLATE_ID] = ReleaseReserveDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[SettleChannelDecoder.TEMPLATE_ID] = SettleChannelDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[ReleaseDecoder.TEMPLATE_ID] = ReleaseDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[AccountQueryDecoder.TEMPLATE_ID] = AccountQueryDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[AccountsQueryDecoder.TEMPLATE_ID] = AccountsQueryDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[OrderQueryDecoder.TEMPLATE_ID] = OrderQueryDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[PoolsQueryDecoder.TEMPLATE_ID] = PoolsQueryDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[TrialBalanceQueryDecoder.TEMPLATE_ID] = TrialBalanceQueryDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[DigestQueryDecoder.TEMPLATE_ID] = DigestQueryDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[SequenceQueryDecoder.TEMPLATE_ID] = SequenceQueryDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[TakeSnapshotDecoder.TEMPLATE_ID] = TakeSnapshotDecoder.BLOCK_LENGTH;
    BLOCK_LENGTHS[SnapshotQueryDecoder.TEMPLATE_ID] = SnapshotQueryDecoder.BLOCK_LENGTH;

    BLOCK_LENGTHS_1 = BLOCK_LENGTHS.clone();
    BLOCK_LENGTHS_1[AccountsQueryDecoder.TEMPLATE_ID] =
        AccountsQueryDecoder.toAccountEncodingOffset();
    BLOCK_LENGTHS_1[TrialBalanceQueryDecoder.TEMPLATE_ID] =
        TrialBalanceQueryDecoder.viewEncodingOffset();
    BLOCK_LENGTHS_1[DigestQueryDecoder.TEMPLATE_ID] = DigestQueryDecoder.viewEncodingOffset();
    BLOCK_LENGTHS_1[TakeSnapshotDecoder.TEMPLATE_ID] = 0;
    BLOCK_LENGTHS_1[SnapshotQueryDecoder.TEMPLATE_ID] = 0;

    final UnsafeBuffer header = new UnsafeBuffer(new byte[HEADER_LENGTH]);
    final MessageHeaderEncoder encoder = new MessageHeaderEncoder().wrap(header, 0);
    for (int id = 0; id < PLAIN_HEADERS.length; id++) {
      encoder
          .blockLength(BLOCK_LENGTHS[id])
          .templateId(id)
          .schemaId(MessageHeaderEncoder.SCHEMA_ID)
          .version(MAX_VERSION);
      PLAIN_HEADERS[id] = isPlain(id) ? header.getLong(0, ByteOrder.LITTLE_ENDIAN) : 0;
    }
  }

  /**
   * Validates one request.
   *
   * @param buffer holds the message; {@code length} bytes from {@code offset} on are read at most.
   * @param offset of the SBE header.
   * @param length of the message in bytes, header included, as the frame delimits it.
   * @return OK; UNSUPPORTED_VERSION for another schema or a version outside {@link #MIN_VERSION} ..
   *     {@link #MAX_VERSION} (a Hello may carry any version: it is what settles the version);
   *     UNKNOWN_COMMAND where the template is no request of that version; else MALFORMED.
   */
  public static Status validate(DirectBuffer buffer, int offset, int length) {
    if (length < Frame.MIN_MESSAGE_LENGTH || length > Limits.MAX_MESSAGE_LENGTH) {
      return Status.MALFORMED;
    }
    final long header = buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    final int templateId = (int) (header >>> TEMPLATE_ID_SHIFT) & 0xFFFF;
    if (templateId < PLAIN_HEADERS.length
        && header == PLAIN_HEADERS[templateId]
        && length == HEADER_LENGTH + BLOCK_LENGTHS[templateId]) {
      return Messages.isCommand(templateId) && !hasValidTime(buffer, offset)
          ? Status.MALFORMED
          : Status.OK;
    }
    return validateAny(buffer, offset, length, templateId);
  }

  private static Status validateAny(DirectBuffer buffer, int offset, int length, int templateId) {
    final int version = uint16(buffer, offset + MessageHeaderDecoder.versionEncodingOffset());
    if (Messages.schemaId(buffer, offset) != MessageHeaderDecoder.SCHEMA_ID) {
      return Status.UNSUPPORTED_VERSION;
    }
    if ((version < MIN_VERSION || version > MAX_VERSION)
        && templateId != HelloDecoder.TEMPLATE_ID) {
      return Status.UNSUPPORTED_VERSION;
    }
    final int[] blockLengths = version == 1 ? BLOCK_LENGTHS_1 : BLOCK_LENGTHS;
    if (templateId >= blockLengths.length || blockLengths[templateId] == 0) {
      return Status.UNKNOWN_COMMAND;
    }
    final int blockLength =
        uint16(buffer, offset + MessageHeaderDecoder.blockLengthEncodingOffset());
    if (blockLength < blockLengths[templateId] || blockLength > length - HEADER_LENGTH) {
      return Status.MALFORMED;
    }
    final int block = offset + HEADER_LENGTH;
    final int end = offset + length;
    final boolean valid =
        hasValidEnd(buffer, templateId, block + blockLength, end)
            && (!Messages.isCommand(templateId) || hasValidTime(buffer, offset))
            && hasValidFields(buffer, templateId, version, block);
    return valid ? Status.OK : Status.MALFORMED;
  }

  private static boolean hasValidEnd(DirectBuffer buffer, int templateId, int blockEnd, int end) {
    if (templateId != ConfigureDecoder.TEMPLATE_ID) {
      return blockEnd == end;
    }
    final int channels = groupEnd(buffer, blockEnd, end, CHANNEL_LENGTH);
    final int pools = groupEnd(buffer, channels, end, POOL_LENGTH);
    return groupEnd(buffer, pools, end, PLAN_LENGTH) == end;
  }

  /** Where the group at {@code start} ends; -1 if it does not fit, or {@code start} is -1. */
  private static int groupEnd(DirectBuffer buffer, int start, int end, int requiredBlockLength) {
    if (start < 0 || end - start < GROUP_HEADER_LENGTH) {
      return -1;
    }
    final int blockLength =
        uint16(buffer, start + GroupSizeEncodingDecoder.blockLengthEncodingOffset());
    final int count = uint16(buffer, start + GroupSizeEncodingDecoder.numInGroupEncodingOffset());
    final long groupEnd = start + GROUP_HEADER_LENGTH + (long) blockLength * count;
    return blockLength < requiredBlockLength || groupEnd > end ? -1 : (int) groupEnd;
  }

  private static boolean hasValidTime(DirectBuffer buffer, int offset) {
    final long timeMillis = Messages.commandTimeMillis(buffer, offset);
    return (timeMillis >= Limits.MIN_TIME_MILLIS && timeMillis <= Limits.MAX_TIME_MILLIS)
        || timeMillis == OrderDecoder.timeNullValue();
  }

  private static boolean hasValidFields(
      DirectBuffer buffer, int templateId, int version, int block) {
    return switch (templateId) {
      case ConfigureDecoder.TEMPLATE_ID -> hasValidProgram(buffer, block);
      case OpenAccountDecoder.TEMPLATE_ID -> hasValidOpening(buffer, block);
      case UpdateAccountDecoder.TEMPLATE_ID -> hasValidUpdate(buffer, block);
      case PayoutDecoder.TEMPLATE_ID -> hasValidBalance(buffer, block);
      case AccountsQueryDecoder.TEMPLATE_ID -> version == 1 || hasValidFilters(buffer, block);
      default -> true;
    };
  }

  /** Whether {@link #hasValidEnd} and {@link #hasValidFields} have nothing more to look at. */
  private static boolean isPlain(int templateId) {
    return switch (templateId) {
      case ConfigureDecoder.TEMPLATE_ID,
          OpenAccountDecoder.TEMPLATE_ID,
          UpdateAccountDecoder.TEMPLATE_ID,
          PayoutDecoder.TEMPLATE_ID,
          AccountsQueryDecoder.TEMPLATE_ID ->
          false;
      default -> BLOCK_LENGTHS[templateId] > 0;
    };
  }

  private static boolean hasValidProgram(DirectBuffer buffer, int block) {
    final ReferralPolicy policy =
        ReferralPolicy.get(uint8(buffer, block + ConfigureDecoder.referralPolicyEncodingOffset()));
    final int lists = uint8(buffer, block + ConfigureDecoder.listsEncodingOffset());
    return policy != ReferralPolicy.SBE_UNKNOWN && (lists & ~KNOWN_LISTS) == 0;
  }

  private static boolean hasValidOpening(DirectBuffer buffer, int block) {
    final AccountKind kind =
        AccountKind.get(uint8(buffer, block + OpenAccountDecoder.kindEncodingOffset()));
    final int fields = uint16(buffer, block + OpenAccountDecoder.fieldsEncodingOffset());
    return kind != AccountKind.SBE_UNKNOWN
        && kind != AccountKind.NULL_VAL
        && (fields & ~OPEN_FIELDS) == 0;
  }

  private static boolean hasValidUpdate(DirectBuffer buffer, int block) {
    final int fields = uint16(buffer, block + UpdateAccountDecoder.fieldsEncodingOffset());
    return (fields & ~UPDATE_FIELDS) == 0
        && (!AccountFieldsDecoder.status((short) fields) || hasValidStatus(buffer, block));
  }

  private static boolean hasValidStatus(DirectBuffer buffer, int block) {
    final AccountStatus status =
        AccountStatus.get(uint8(buffer, block + UpdateAccountDecoder.statusEncodingOffset()));
    return status != AccountStatus.SBE_UNKNOWN && status != AccountStatus.NULL_VAL;
  }

  private static boolean hasValidBalance(DirectBuffer buffer, int block) {
    final PayoutBalance balance =
        PayoutBalance.get(uint8(buffer, block + PayoutDecoder.balanceEncodingOffset()));
    return balance != PayoutBalance.SBE_UNKNOWN && balance != PayoutBalance.NULL_VAL;
  }

  private static boolean hasValidFilters(DirectBuffer buffer, int block) {
    final AccountKind kind =
        AccountKind.get(uint8(buffer, block + AccountsQueryDecoder.kindEncodingOffset()));
    final AccountStatus status =
        AccountStatus.get(
            uint8(buffer, block + AccountsQueryDecoder.accountStatusEncodingOffset()));
    return kind != AccountKind.SBE_UNKNOWN && status != AccountStatus.SBE_UNKNOWN;
  }

  private static int uint16(DirectBuffer buffer, int index) {
    return buffer.getShort(index, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  private static short uint8(DirectBuffer buffer, int index) {
    return (short) (buffer.getByte(index) & 0xFF);
  }

  private MessageValidator() {}
}
