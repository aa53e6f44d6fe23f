package dev.verdant.ops.verify;

import dev.verdant.protocol.MessageValidator;
import dev.verdant.protocol.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.AbstractTokenListener;
import uk.co.real_logic.sbe.otf.OtfHeaderDecoder;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;
import uk.co.real_logic.sbe.otf.Types;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/**
 * Reads the fields of any message by the wire schema itself, for people; far too slow for anything
 * else. The tool's own JSON printer takes unsigned numbers for signed and shows what is not given.
 */
final class MessageFields {
  private static final String SCHEMA = "verdant-wire.xml";

  private final Ir schema;
  private final OtfHeaderDecoder header;

  private MessageFields(Ir schema) {
    this.schema = schema;
    this.header = new OtfHeaderDecoder(schema.headerStructure());
  }

  /** Loads the schema that the commands of a journal follow. */
  static MessageFields ofWireSchema() throws IOException {
    try (InputStream in = MessageValidator.class.getResourceAsStream(SCHEMA)) {
      final ParserOptions options = ParserOptions.builder().stopOnError(true).build();
      return new MessageFields(new IrGenerator().generate(XmlSchemaParser.parse(in, options)));
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // declared by the parser; the schema comes with the program
      throw new IllegalStateException("cannot read " + SCHEMA, e);
    }
  }

  /** Name of the message whose SBE header stands at this offset. */
  String name(DirectBuffer buffer, int offset) {
    return message(buffer, offset).get(0).name();
  }

  /**
   * Its fields by their names, in the order of the schema; left out where not given. Numbers are
   * {@link Long} or, beyond its range, {@link BigInteger}, enums their names, sets lists of names,
   * groups lists of such maps.
   */
  Map<String, Object> read(DirectBuffer buffer, int offset) {
    final Listener listener = new Listener();
    OtfMessageDecoder.decode(
        buffer,
        offset + header.encodedLength(),
        header.getSchemaVersion(buffer, offset),
        header.getBlockLength(buffer, offset),
        message(buffer, offset),
        listener);
    return listener.levels.getLast();
  }

  private List<Token> message(DirectBuffer buffer, int offset) {
    return schema.getMessage(Messages.templateId(buffer, offset));
  }

  private static final class Listener extends AbstractTokenListener {
    /** The message and within it the group entries being read, innermost first. */
    private final Deque<Map<String, Object>> levels = new ArrayDeque<>();

    private final Deque<List<Object>> groups = new ArrayDeque<>();

    private Listener() {
      levels.push(new LinkedHashMap<>());
    }

    @Override
    public void onEncoding(
        Token field, DirectBuffer buffer, int index, Token type, int actingVersion) {
      final long value = Types.getLong(buffer, index, type.encoding());
      final boolean given =
          !type.isOptionalEncoding() || value != type.encoding().applicableNullValue().longValue();
      if (given) {
        final boolean unsigned = type.encoding().primitiveType() == PrimitiveType.UINT64;
        levels.element().put(field.name(), unsigned ? unsigned(value) : Long.valueOf(value));
      }
    }

    private static Number unsigned(long value) {
      return value < 0 ? new BigInteger(Long.toUnsignedString(value)) : Long.valueOf(value);
    }

    @Override
    public void onEnum(
        Token field,
        DirectBuffer buffer,
        int index,
        List<Token> tokens,
        int from,
        int to,
        int actingVersion) {
      final long value = Types.getLong(buffer, index, tokens.get(from + 1).encoding());
      for (Token choice : tokens.subList(from + 1, to)) {
        if (choice.encoding().constValue().longValue() == value) {
          levels.element().put(field.name(), choice.name());
        }
      }
    }

    @Override
    public void onBitSet(
        Token field,
        DirectBuffer buffer,
        int index,
        List<Token> tokens,
        int from,
        int to,
        int actingVersion) {
      final long bits = Types.getLong(buffer, index, tokens.get(from + 1).encoding());
      final List<String> set = new ArrayList<>();
      for (Token choice : tokens.subList(from + 1, to)) {
        if ((bits & 1L << choice.encoding().constValue().longValue()) != 0) {
          set.add(choice.name());
        }
      }
      levels.element().put(field.name(), set);
    }

    @Override
    public void onGroupHeader(Token group, int count) {
      final List<Object> entries = new ArrayList<>(count);
      levels.element().put(group.name(), entries);
      if (count > 0) {
        groups.push(entries);
      }
    }

    @Override
    public void onBeginGroup(Token group, int index, int count) {
      levels.push(new LinkedHashMap<>());
    }

    @Override
    public void onEndGroup(Token group, int index, int count) {
      groups.element().add(levels.pop());
      if (index == count - 1) {
        groups.pop();
      }
    }
  }
}
