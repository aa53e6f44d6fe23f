package dev.verdant.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.codec.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the validator says of every request of the schema, whole and spoilt. */
class RequestTemplatesTest {
  private static final int NULL_ENUM = 255;
  private static final int UNKNOWN_ENUM = 254;

  /** Enumerations that say by their null value that the field is not given. */
  private static final Set<String> OPTIONAL_ENUMS =
      Set.of("Configure.referralPolicy", "AccountsQuery.kind", "AccountsQuery.accountStatus");

  private static WireSchema schema;
  private static final Map<Integer, String> REQUESTS = new LinkedHashMap<>();

  @BeforeAll
  static void read() throws Exception {
    schema = WireSchema.load();
    schema.messages().entrySet().stream()
        .filter(message -> !message.getValue().matches(".*Reply|Pong"))
        .forEach(message -> REQUESTS.put(message.getKey(), message.getValue()));
    assertThat(REQUESTS).hasSize(22);
  }

  private static SchemaMessage message(int templateId) {
    return new SchemaMessage(schema, templateId, REQUESTS.get(templateId));
  }

  private static Status validate(SchemaMessage message) {
    return validate(message, message.length());
  }

  private static Status validate(SchemaMessage message, int length) {
    return MessageValidator.validate(message.exactly(length), 0, length);
  }

  private static void eachField(BiConsumer<Integer, Map.Entry<String, String>> check) {
    REQUESTS.forEach(
        (template, name) ->
            schema.fields(name).entrySet().forEach(field -> check.accept(template, field)));
  }

  @Test
  void shouldPassEveryRequest() {
    REQUESTS.forEach(
        (template, name) -> assertThat(validate(message(template))).as(name).isEqualTo(Status.OK));
  }

  @Test
  void shouldRefuseEveryTruncationOfEveryRequestWithoutReadingOutside() {
    REQUESTS.forEach(
        (template, name) -> {
          final SchemaMessage message = message(template);
          for (int cut = 0; cut < message.length(); cut++) {
            assertThat(validate(message, cut)).as(name + " to " + cut).isEqualTo(Status.MALFORMED);
          }
        });
  }

  @Test
  void shouldRefuseBytesBehindARequestUnlessTheyAreAppendedFields() {
    REQUESTS.forEach(
        (template, name) -> {
          final SchemaMessage message = message(template);
          assertThat(validate(message, message.length() + 1)).as(name).isEqualTo(Status.MALFORMED);
          if (schema.groups(name).isEmpty()) {
            message.blockLength(message.blockLength() + 1);
            assertThat(validate(message, message.length() + 1)).as(name).isEqualTo(Status.OK);
          }
        });
  }

  @Test
  void shouldRefuseABlockShorterThanTheFieldsOfTheRequest() {
    REQUESTS.forEach(
        (template, name) -> {
          final SchemaMessage message = message(template);
          message.blockLength(message.blockLength() - 1);
          assertThat(validate(message)).as(name).isEqualTo(Status.MALFORMED);
          assertThat(validate(message, message.length() - 1)).as(name).isEqualTo(Status.MALFORMED);
        });
  }

  @Test
  void shouldRefuseEveryNullEnumerationThatIsNotOptionalAndEveryUnknownOne() {
    eachField(
        (template, field) -> {
          final String type = field.getValue();
          if (schema.isEnumeration(type)) {
            final String name = REQUESTS.get(template) + "." + field.getKey();
            final SchemaMessage message = message(template);
            if (name.equals("UpdateAccount.status")) {
              // It is looked at where the set marks it.
              message.put("fields", "AccountFields", 1 << 7);
            }
            assertThat(validate(message.put(field.getKey(), type, NULL_ENUM)))
                .as(name)
                .isEqualTo(OPTIONAL_ENUMS.contains(name) ? Status.OK : Status.MALFORMED);
            assertThat(validate(message.put(field.getKey(), type, UNKNOWN_ENUM)))
                .as(name)
                .isEqualTo(Status.MALFORMED);
          }
        });
  }

  @Test
  void shouldRefuseEveryBitOfASetThatHasNoName() {
    eachField(
        (template, field) -> {
          final String type = field.getValue();
          if (schema.isSet(type)) {
            final int bits = schema.primitive(type).equals("uint8") ? 8 : 16;
            // An account is opened ACTIVE: the set's bit for the status is not for OpenAccount.
            final int unused = REQUESTS.get(template).equals("OpenAccount") ? 1 << 7 : 0;
            final int known = schema.knownBits(type) & ~unused;
            for (int bit = 0; bit < bits; bit++) {
              final SchemaMessage message = message(template).put(field.getKey(), type, 1 << bit);
              assertThat(validate(message))
                  .as(REQUESTS.get(template) + ", bit " + bit)
                  .isEqualTo((known & 1 << bit) == 0 ? Status.MALFORMED : Status.OK);
            }
          }
        });
  }

  @Test
  void shouldKnowNoOtherTemplate() {
    final int length = Frame.MIN_MESSAGE_LENGTH;
    for (int template = 0; template <= 0xFFFF; template++) {
      if (!REQUESTS.containsKey(template)) {
        final UnsafeBuffer bytes = message(3).exactly(length);
        bytes.putShort(2, (short) template);
        assertThat(MessageValidator.validate(bytes, 0, length)).isEqualTo(Status.UNKNOWN_COMMAND);
      }
    }
  }
}
