package dev.verdant.protocol;

import dev.verdant.protocol.codec.MessageHeaderEncoder;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A valid message, made from the schema and not by its codec: every number 0, every enumeration its
 * first value, every set empty, two entries in every group.
 */
final class SchemaMessage {
  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
  private static final int GROUP_ENTRIES = 2;
  private static final int GROUP_HEADER = 4;

  private final WireSchema schema;
  private final Map<String, Integer> offsets = new LinkedHashMap<>();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
  private final int blockLength;
  private final int length;

  SchemaMessage(WireSchema schema, int templateId, String name) {
    this.schema = schema;
    final Map<String, String> fields = schema.fields(name);
    int offset = HEADER;
    for (final Map.Entry<String, String> field : fields.entrySet()) {
      offsets.put(field.getKey(), offset);
      if (schema.isEnumeration(field.getValue())) {
        put(field.getKey(), field.getValue(), firstValue(field.getValue()));
      }
      offset += size(field.getValue());
    }
    blockLength = offset - HEADER;
    new MessageHeaderEncoder()
        .wrap(buffer, 0)
        .blockLength(blockLength)
        .templateId(templateId)
        .schemaId(MessageHeaderEncoder.SCHEMA_ID)
        .version(MessageHeaderEncoder.SCHEMA_VERSION);
    for (final Map<String, String> group : schema.groups(name)) {
      final int entryLength = group.values().stream().mapToInt(this::size).sum();
      putShort(offset, entryLength);
      putShort(offset + Short.BYTES, GROUP_ENTRIES);
      offset += GROUP_HEADER + GROUP_ENTRIES * entryLength;
    }
    length = offset;
  }

  private int firstValue(String enumeration) {
    return schema.values(enumeration).keySet().iterator().next().intValue();
  }

  private int size(String type) {
    final String primitive = schema.primitive(type);
    return Integer.parseInt(primitive.replaceAll("\\D", "")) / Byte.SIZE;
  }

  /** Sets an enumeration or a set. */
  SchemaMessage put(String field, String type, int value) {
    if (size(type) == 1) {
      buffer.putByte(offsets.get(field), (byte) value);
    } else {
      putShort(offsets.get(field), value);
    }
    return this;
  }

  /** Says another block length. */
  SchemaMessage blockLength(int value) {
    putShort(0, value);
    return this;
  }

  private void putShort(int index, int value) {
    buffer.putShort(index, (short) value, ByteOrder.LITTLE_ENDIAN);
  }

  int blockLength() {
    return blockLength;
  }

  int length() {
    return length;
  }

  /** The first bytes of the message and nothing behind: a read outside would throw. */
  UnsafeBuffer exactly(int bytes) {
    final UnsafeBuffer exact = new UnsafeBuffer(new byte[bytes]);
    exact.putBytes(0, buffer, 0, bytes);
    return exact;
  }
}
