package dev.verdant.protocol;

import dev.verdant.protocol.codec.AccountQueryDecoder;
import dev.verdant.protocol.codec.AccountsQueryDecoder;
import dev.verdant.protocol.codec.ConfigureDecoder;
import dev.verdant.protocol.codec.DigestQueryDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.ReleaseDecoder;
import dev.verdant.protocol.codec.SequenceQueryDecoder;
import dev.verdant.protocol.codec.SnapshotQueryDecoder;
import dev.verdant.protocol.codec.TakeSnapshotDecoder;
import dev.verdant.protocol.codec.TrialBalanceQueryDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** What can be read off any message without a codec: its template, and the time of a command. */
public final class Messages {
  private static final int TEMPLATE_ID_OFFSET = MessageHeaderDecoder.templateIdEncodingOffset();
  private static final int SCHEMA_ID_OFFSET = MessageHeaderDecoder.schemaIdEncodingOffset();
  private static final int VERSION_OFFSET = MessageHeaderDecoder.versionEncodingOffset();
  private static final int TIME_OFFSET =
      MessageHeaderDecoder.ENCODED_LENGTH + OrderDecoder.timeEncodingOffset();

  /** No command is shorter: each has its time, at the same place. */
  public static final int MIN_COMMAND_LENGTH = TIME_OFFSET + Long.BYTES;

  /** Template id of the message whose SBE header stands at this offset. */
  public static int templateId(DirectBuffer buffer, int offset) {
    return buffer.getShort(offset + TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  /** Schema id of the message whose SBE header stands at this offset. */
  public static int schemaId(DirectBuffer buffer, int offset) {
    return buffer.getShort(offset + SCHEMA_ID_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  /**
   * Has the message whose SBE header stands at this offset say a schema version that its reader
   * knows, where it says a newer one. The message must be the same in both versions.
   */
  public static void limitVersion(MutableDirectBuffer buffer, int offset, int maxVersion) {
    final int index = offset + VERSION_OFFSET;
    if ((buffer.getShort(index, ByteOrder.LITTLE_ENDIAN) & 0xFFFF) > maxVersion) {
      buffer.putShort(index, (short) maxVersion, ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** Whether messages of this template change the ledger and are journaled. */
  public static boolean isCommand(int templateId) {
    return templateId >= ConfigureDecoder.TEMPLATE_ID && templateId <= ReleaseDecoder.TEMPLATE_ID;
  }

  /** Whether messages of this template read the ledger. */
  public static boolean isQuery(int templateId) {
    return templateId >= AccountQueryDecoder.TEMPLATE_ID
        && templateId <= SequenceQueryDecoder.TEMPLATE_ID;
  }

  /**
   * Whether messages of this template, queries, may walk all of the ledger: they are answered from
   * a view of it, beside the commands.
   */
  public static boolean isBulkQuery(int templateId) {
    return templateId == AccountsQueryDecoder.TEMPLATE_ID
        || templateId == TrialBalanceQueryDecoder.TEMPLATE_ID
        || templateId == DigestQueryDecoder.TEMPLATE_ID;
  }

  /** Whether messages of this template are about snapshots to disk. */
  public static boolean isSnapshotRequest(int templateId) {
    return templateId == TakeSnapshotDecoder.TEMPLATE_ID
        || templateId == SnapshotQueryDecoder.TEMPLATE_ID;
  }

  /** Time of a command that has been validated: milliseconds since the epoch, or the null value. */
  public static long commandTimeMillis(DirectBuffer buffer, int offset) {
    return buffer.getLong(offset + TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether a command gives a time at all. */
  public static boolean hasTime(DirectBuffer buffer, int offset) {
    return commandTimeMillis(buffer, offset) != OrderDecoder.timeNullValue();
  }

  /** Writes the time of a command: every command has it at the same place. */
  public static void putCommandTimeMillis(MutableDirectBuffer buffer, int offset, long timeMillis) {
    buffer.putLong(offset + TIME_OFFSET, timeMillis, ByteOrder.LITTLE_ENDIAN);
  }

  private Messages() {}
}
