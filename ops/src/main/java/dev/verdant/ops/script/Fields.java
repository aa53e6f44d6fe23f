package dev.verdant.ops.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verdant.client.request.TransactionId;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Typed, strict access to the fields of one JSON object. It remembers which fields were read, so
 * that {@link #end} can name the first that nothing asked for.
 */
final class Fields {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,100}");
  private static final int SHOWN_LENGTH = 40;

  private final ObjectNode object;
  private final String path;
  private final Set<String> read = new HashSet<>();

  /**
   * @param path of the object within the line, with a dot behind it; empty for the line itself.
   */
  Fields(ObjectNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /** Whether the field is given; it counts as read. */
  boolean has(String name) {
    read.add(name);
    return object.has(name);
  }

  /** An account id: 0 to 2^64 - 1. The ledger answers INVALID_ID for 0. */
  long accountId(String name) throws MalformedException {
    return id(name, Long.SIZE).longValue();
  }

  /** A transaction id: 0 to 2^128 - 1. The ledger answers INVALID_ID for 0. */
  TransactionId transactionId(String name) throws MalformedException {
    BigInteger id = id(name, 2 * Long.SIZE);
    return new TransactionId(id.shiftRight(Long.SIZE).longValue(), id.longValue());
  }

  private BigInteger id(String name, int bits) throws MalformedException {
    JsonNode node = required(name);
    BigInteger value;
    if (node.isIntegralNumber()) {
      value = node.bigIntegerValue();
    } else if (node.isTextual() && DECIMAL.matcher(node.textValue()).matches()) {
      value = new BigInteger(node.textValue());
    } else {
      throw wrongType(name, "an integer or a decimal string", node);
    }
    if (value.signum() < 0 || value.bitLength() > bits) {
      throw new MalformedException(path + name + " is not an unsigned " + bits + "-bit number");
    }
    return value;
  }

  /** A signed 64-bit number. */
  long int64(String name) throws MalformedException {
    JsonNode node = required(name);
    if (!node.isIntegralNumber()) {
      throw wrongType(name, "an integer", node);
    }
    if (!node.canConvertToLong()) {
      throw new MalformedException(path + name + " is not a signed 64-bit number");
    }
    return node.longValue();
  }

  /** A signed 64-bit number, or {@code absent} where the field is not given. */
  long int64(String name, long absent) throws MalformedException {
    return has(name) ? int64(name) : absent;
  }

  /** A signed 32-bit number. Its least value means "not given" on the wire and is refused. */
  int int32(String name) throws MalformedException {
    return int32AtLeast(Integer.MIN_VALUE + 1, name);
  }

  /** A signed 32-bit number of which each value counts, or {@code absent}. */
  int fullInt32(String name, int absent) throws MalformedException {
    return has(name) ? int32AtLeast(Integer.MIN_VALUE, name) : absent;
  }

  private int int32AtLeast(int least, String name) throws MalformedException {
    long value = int64(name);
    if (value < least || value > Integer.MAX_VALUE) {
      throw new MalformedException(
          path + name + " is not in " + least + ".." + Integer.MAX_VALUE + ": " + value);
    }
    return (int) value;
  }

  /** A signed 32-bit number, or {@code absent} where the field is not given. */
  int int32(String name, int absent) throws MalformedException {
    return has(name) ? int32(name) : absent;
  }

  /** A signed 32-bit number where the field is given. */
  OptionalInt optionalInt32(String name) throws MalformedException {
    return has(name) ? OptionalInt.of(int32(name)) : OptionalInt.empty();
  }

  String text(String name) throws MalformedException {
    JsonNode node = required(name);
    if (!node.isTextual()) {
      throw wrongType(name, "a string", node);
    }
    return node.textValue();
  }

  /** One of the named values. */
  <T> T choice(String name, Map<String, T> choices) throws MalformedException {
    String text = text(name);
    T value = choices.get(text);
    if (value == null) {
      throw new MalformedException(path + name + " is not known: " + shortened(text));
    }
    return value;
  }

  /** The field as it stands, for a type of its own. */
  JsonNode required(String name) throws MalformedException {
    read.add(name);
    JsonNode node = object.get(name);
    if (node == null) {
      throw new MalformedException(path + name + " is missing");
    }
    return node;
  }

  Fields object(String name) throws MalformedException {
    JsonNode node = required(name);
    if (node instanceof ObjectNode child) {
      return new Fields(child, path + name + ".");
    }
    throw wrongType(name, "an object", node);
  }

  /** The entries of a list of objects, in order. */
  Fields[] objects(String name) throws MalformedException {
    JsonNode node = required(name);
    if (!(node instanceof ArrayNode)) {
      throw wrongType(name, "a list", node);
    }
    Fields[] entries = new Fields[node.size()];
    for (int i = 0; i < entries.length; i++) {
      if (!(node.get(i) instanceof ObjectNode entry)) {
        throw wrongType(name + "[" + i + "]", "an object", node.get(i));
      }
      entries[i] = new Fields(entry, path + name + "[" + i + "].");
    }
    return entries;
  }

  /** Ends the reading: a field that was not asked for is one that the command does not have. */
  void end() throws MalformedException {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!read.contains(name)) {
        throw new MalformedException("unknown field " + path + shortened(name));
      }
    }
  }

  MalformedException wrongType(String name, String wanted, JsonNode found) {
    return new MalformedException(
        path + name + " must be " + wanted + ", not " + shortened(found.toString()));
  }

  static String shortened(String text) {
    return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "...";
  }
}
