package dev.verdant.protocol;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes a frame as the page for integrators shows it: one field to a line, bytes and value. */
final class AnnotatedFrame {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final WireSchema schema;
  private final DirectBuffer frame;
  private final StringBuilder text = new StringBuilder();
  private int offset;

  private AnnotatedFrame(WireSchema schema, DirectBuffer frame) {
    this.schema = schema;
    this.frame = frame;
  }

  /**
   * Writes the frame of one message without groups and text.
   *
   * @param arrow before the message's name.
   */
  static String of(WireSchema schema, String arrow, DirectBuffer message) {
    byte[] bytes = new byte[Frame.LENGTH_PREFIX + message.capacity()];
    UnsafeBuffer frame = new UnsafeBuffer(bytes);
    Frame.putMessageLength(frame, 0, message.capacity());
    frame.putBytes(Frame.LENGTH_PREFIX, message, 0, message.capacity());
    return new AnnotatedFrame(schema, frame).write(arrow);
  }

  private String write(String arrow) {
    String name = schema.messages().get(Messages.templateId(frame, Frame.LENGTH_PREFIX));
    text.append(arrow).append(' ').append(name).append('\n');
    line("message length", "uint32");
    lines(schema.headerFields());
    lines(schema.fields(name));
    if (offset != frame.capacity()) {
      throw new IllegalStateException(
          name + " has " + frame.capacity() + " bytes, the schema's fields " + offset);
    }
    return text.toString();
  }

  private void lines(Map<String, String> fields) {
    fields.forEach(this::line);
  }

  private void line(String name, String type) {
    String primitive = schema.primitive(type);
    int length = Integer.parseInt(primitive.replaceAll("\\D", "")) / Byte.SIZE;
    byte[] bytes = new byte[length];
    frame.getBytes(offset, bytes);
    text.append("  %-23s  %s = %s%n".formatted(HEX.formatHex(bytes), name, value(type, primitive)));
    offset += length;
  }

  private String value(String type, String primitive) {
    if (primitive.equals("int64") && number(primitive) == Long.MIN_VALUE) {
      return "not given";
    }
    long number = number(primitive);
    return schema.isEnumeration(type) ? schema.values(type).get(number) : Long.toString(number);
  }

  private long number(String primitive) {
    return switch (primitive) {
      case "uint8" -> frame.getByte(offset) & 0xFFL;
      case "uint16" -> frame.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFFL;
      case "uint32" -> frame.getInt(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
      case "int32" -> frame.getInt(offset, ByteOrder.LITTLE_ENDIAN);
      case "int64", "uint64" -> frame.getLong(offset, ByteOrder.LITTLE_ENDIAN);
      default -> throw new IllegalArgumentException(primitive);
    };
  }
}
