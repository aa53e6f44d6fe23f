package dev.verdant.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.ConfigureRequest;
import dev.verdant.client.request.IssueRequest;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.Program;
import dev.verdant.client.request.ProgramField;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.TransactionId;
import dev.verdant.protocol.codec.AccountKind;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MessageFieldsTest {
  private static final long TIME_MILLIS = 1_735_689_600_000L;
  private static final int OFFSET = 8;

  private final UnsafeBuffer message = new UnsafeBuffer(new byte[4096]);

  private Map<String, Object> fields(Request<?> request) throws IOException {
    request.encode(message, OFFSET, 77);
    return MessageFields.ofWireSchema().read(message, OFFSET);
  }

  private String name() throws IOException {
    return MessageFields.ofWireSchema().name(message, OFFSET);
  }

  @Test
  void shouldTakeUnsignedNumbersForUnsigned() throws IOException {
    assertThat(
            fields(
                OrderRequest.of(new TransactionId(5, -1), -2, 3, 1_000)
                    .withCoupon(40)
                    .at(TIME_MILLIS)))
        .containsExactly(
            entry("correlationId", 77L),
            entry("time", TIME_MILLIS),
            entry("idLow", new BigInteger("18446744073709551615")),
            entry("idHigh", 5L),
            entry("buyer", new BigInteger("18446744073709551614")),
            entry("merchant", 3L),
            entry("amount", 1_000L),
            entry("coupon", 40L),
            entry("channel", 1L));
    assertThat(name()).isEqualTo("Order");
  }

  @Test
  void shouldNameWhatAnEnumAndASetHold() throws IOException {
    assertThat(
            fields(
                OpenAccountRequest.of(
                        9,
                        AccountKind.CONSUMER,
                        AccountOptions.builder().pool(2).referrer(8).build())
                    .at(TIME_MILLIS)))
        .containsEntry("kind", "CONSUMER")
        .containsEntry("fields", List.of("pool", "referrer"));
  }

  @Test
  void shouldLeaveOutWhatIsNotGiven() throws IOException {
    assertThat(fields(IssueRequest.of(TransactionId.of(6), 9, 500).withPlan(1).at(TIME_MILLIS)))
        .containsEntry("plan", 1L)
        .doesNotContainKey("pool");
    assertThat(name()).isEqualTo("Issue");
  }

  @Test
  void shouldReadGroupsEmptyOnesIncluded() throws IOException {
    final Program program =
        Program.builder()
            .set(ProgramField.COIN_BPS, 5)
            .pools(Program.Pool.of(1, 100), Program.Pool.of(3, 200))
            .channels()
            .build();
    assertThat(fields(ConfigureRequest.of(program).at(TIME_MILLIS)))
        .containsExactly(
            entry("correlationId", 77L),
            entry("time", TIME_MILLIS),
            entry("coinBps", 5L),
            entry("lists", List.of("channels", "pools")),
            entry("channels", List.of()),
            entry(
                "pools",
                List.of(
                    Map.of("pool", 1L, "initialValue", 100L),
                    Map.of("pool", 3L, "initialValue", 200L))),
            entry("plans", List.of()));
  }
}
