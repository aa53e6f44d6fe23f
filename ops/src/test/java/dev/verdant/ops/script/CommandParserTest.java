package dev.verdant.ops.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.ConfigureRequest;
import dev.verdant.client.request.IssueRequest;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.PayoutRequest;
import dev.verdant.client.request.Program;
import dev.verdant.client.request.ProgramField;
import dev.verdant.client.request.RedeemCoinsRequest;
import dev.verdant.client.request.RefundRequest;
import dev.verdant.client.request.ReleaseRequest;
import dev.verdant.client.request.ReleaseReserveRequest;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.SettleChannelRequest;
import dev.verdant.client.request.TransactionId;
import dev.verdant.client.request.UpdateAccountRequest;
import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.PayoutBalance;
import dev.verdant.protocol.codec.ReferralPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {
  private static final String MAX_128 = "340282366920938463463374607431768211455";

  private final CommandParser parser = new CommandParser();

  private Request<?> parse(String line) throws MalformedException {
    byte[] bytes = ("##" + line).getBytes(StandardCharsets.UTF_8);
    return parser.parse(bytes, 2, bytes.length - 2);
  }

  @Test
  void shouldReadEveryFieldOfAnOrder() throws MalformedException {
    assertThat(
            parse(
                "{\"time\":5,\"op\":\"order\",\"id\":7,\"buyer\":\"18446744073709551615\","
                    + "\"merchant\":2,\"amount\":-3,\"coupon\":4,\"channel\":9}"))
        .isEqualTo(new OrderRequest(TransactionId.of(7), -1L, 2, -3, 4, 9, 5));
  }

  @Test
  void shouldTakeDefaultsForCouponAndChannel() throws MalformedException {
    assertThat(
            parse("{\"op\":\"order\",\"time\":5,\"id\":7,\"buyer\":1,\"merchant\":2,\"amount\":3}"))
        .isEqualTo(new OrderRequest(TransactionId.of(7), 1, 2, 3, 0, 1, 5));
  }

  @Test
  void shouldReadIdsOf128Bits() throws MalformedException {
    assertThat(
            parse(
                "{\"time\":5,\"op\":\"refund\",\"id\":"
                    + MAX_128
                    + ",\"order\":\"18446744073709551616\",\"amount\":3}"))
        .isEqualTo(new RefundRequest(new TransactionId(-1, -1), new TransactionId(1, 0), 3, 5));
  }

  @Test
  void shouldReadEveryFieldOfAnAccount() throws MalformedException {
    AccountOptions options =
        AccountOptions.builder()
            .pool(3)
            .plan(4)
            .concessionBps(500)
            .referrer(5)
            .marketer(6)
            .district(7)
            .provincial(0)
            .build();
    String fields =
        "\"account\":1,\"pool\":3,\"plan\":4,\"concession_bps\":500,\"referrer\":5,"
            + "\"marketer\":6,\"district\":\"7\",\"provincial\":0";

    assertThat(parse("{\"time\":5,\"op\":\"open-account\",\"kind\":\"MERCHANT\"," + fields + "}"))
        .isEqualTo(new OpenAccountRequest(1, AccountKind.MERCHANT, options, 5));
    assertThat(parse("{\"time\":5,\"op\":\"update-account\",\"status\":\"FROZEN\"," + fields + "}"))
        .isEqualTo(new UpdateAccountRequest(1, Optional.of(AccountStatus.FROZEN), options, 5));
    assertThat(parse("{\"time\":5,\"op\":\"update-account\",\"account\":1}"))
        .isEqualTo(new UpdateAccountRequest(1, Optional.empty(), AccountOptions.NONE, 5));
  }

  @Test
  void shouldReadEveryFieldOfTheOtherTransactions() throws MalformedException {
    TransactionId id = TransactionId.of(7);
    assertThat(
            parse(
                "{\"time\":5,\"op\":\"issue\",\"id\":7,\"account\":1,\"points\":2,\"pool\":3,"
                    + "\"plan\":4,\"reason\":-5}"))
        .isEqualTo(new IssueRequest(id, 1, 2, OptionalInt.of(3), OptionalInt.of(4), -5, 5));
    assertThat(parse("{\"time\":5,\"op\":\"issue\",\"id\":7,\"account\":1,\"points\":2}"))
        .isEqualTo(new IssueRequest(id, 1, 2, OptionalInt.empty(), OptionalInt.empty(), 0, 5));
    assertThat(
            parse(
                "{\"time\":5,\"op\":\"issue\",\"id\":7,\"account\":1,\"points\":2,"
                    + "\"reason\":-2147483648}"))
        .as("a reason is the caller's own: each number is one")
        .isEqualTo(IssueRequest.of(id, 1, 2).withReason(Integer.MIN_VALUE).at(5));
    assertThat(parse("{\"time\":5,\"op\":\"redeem-coins\",\"id\":7,\"account\":1,\"coins\":2}"))
        .isEqualTo(new RedeemCoinsRequest(id, 1, 2, 5));
    assertThat(
            parse(
                "{\"time\":5,\"op\":\"payout\",\"id\":7,\"account\":1,\"balance\":\"COMMISSION\","
                    + "\"amount\":2}"))
        .isEqualTo(new PayoutRequest(id, 1, PayoutBalance.COMMISSION, 2, 5));
    assertThat(parse("{\"time\":5,\"op\":\"release-reserve\",\"id\":7,\"account\":1,\"amount\":2}"))
        .isEqualTo(new ReleaseReserveRequest(id, 1, 2, 5));
    assertThat(parse("{\"time\":5,\"op\":\"settle-channel\",\"id\":7,\"channel\":1,\"amount\":2}"))
        .isEqualTo(new SettleChannelRequest(id, 1, 2, 5));
  }

  @Test
  void shouldReadTheDayOfAReleaseAsABusinessDay() throws MalformedException {
    assertThat(parse("{\"time\":5,\"op\":\"release\",\"pool\":3,\"day\":\"2025-02-01\"}"))
        .isEqualTo(new ReleaseRequest(3, OptionalInt.of(20_120), 5));
    assertThat(parse("{\"time\":5,\"op\":\"release\",\"pool\":3,\"day\":\"9999-12-31\"}"))
        .isEqualTo(new ReleaseRequest(3, OptionalInt.of(2_932_896), 5));
    assertThat(parse("{\"time\":5,\"op\":\"release\",\"pool\":3}"))
        .isEqualTo(new ReleaseRequest(3, OptionalInt.empty(), 5));
  }

  @Test
  void shouldReadEveryFieldOfAProgram() throws MalformedException {
    Program.Builder wanted = Program.builder();
    StringBuilder fields = new StringBuilder();
    int value = 100;
    for (ProgramField field : ProgramField.values()) {
      wanted.set(field, ++value);
      fields.append('"').append(field.name().toLowerCase(Locale.ROOT)).append("\":");
      fields.append(value).append(',');
    }
    wanted
        .referralPolicy(ReferralPolicy.FIRST_ORDER)
        .channels(Program.Channel.of(1), Program.Channel.of(2, 30))
        .pools(
            new Program.Pool(
                1, OptionalLong.of(2), OptionalInt.of(3), OptionalInt.of(4), OptionalInt.of(5)))
        .plans(
            new Program.Plan(
                1,
                OptionalInt.of(2),
                OptionalInt.of(3),
                OptionalInt.of(4),
                OptionalInt.of(5),
                OptionalInt.of(6)));

    assertThat(
            parse(
                "{\"time\":5,\"op\":\"configure\",\"program\":{"
                    + fields
                    + "\"referral_policy\":\"FIRST_ORDER\","
                    + "\"channels\":[{\"channel\":1},{\"channel\":2,\"merchant_daily_limit\":30}],"
                    + "\"pools\":[{\"pool\":1,\"initial_value\":2,\"step_bps\":3,"
                    + "\"min_interval_days\":4,\"max_interval_days\":5}],"
                    + "\"plans\":[{\"plan\":1,\"base_rate_bps\":2,\"cap_bps\":3,\"max_periods\":4,"
                    + "\"fixed_periods\":5,\"fixed_rate_bps\":6}]}}"))
        .isEqualTo(new ConfigureRequest(wanted.build(), 5));
  }

  @Test
  void shouldKnowEveryFieldOfTheProgramThatASnapshotTells() throws MalformedException {
    try (Ledger ledger = new Ledger();
        LedgerSnapshot snapshot = ledger.openSnapshot()) {
      assertThat(parse("{\"time\":5,\"op\":\"configure\",\"program\":" + snapshot.program() + "}"))
          .isInstanceOf(ConfigureRequest.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1735660800123, 1735660800123",
    "-1, -1",
    "-62135596800000, -62135596800000",
    "253402300799999, 253402300799999",
    "\"2025-01-01T00:00:00.123+08:00\", 1735660800123",
    "\"2024-12-31T16:00:00.123999Z\", 1735660800123",
    "\"2025-01-01T00:00+08:00\", 1735660800000",
    "\"1969-12-31T23:59:59.9999Z\", -1",
  })
  void shouldReadTimesAsMillisecondsOrWithAnOffset(String time, long wanted)
      throws MalformedException {
    ReleaseRequest release =
        (ReleaseRequest) parse("{\"time\":" + time + ",\"op\":\"release\",\"pool\":1}");
    assertThat(release.timeMillis()).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "12",
        "not json",
        "{\"time\":5,\"op\":\"release\",\"pool\":1} x",
        "{\"time\":5,\"op\":\"release\",\"pool\":1}{}",
        "{\"time\":5,\"op\":\"release\",\"pool\":1,\"pool\":1}",
        "{\"time\":5,\"op\":\"release\",\"pool\":1,}",
        "{\"time\":5,\"op\":\"release\",'pool':1}",
        "{\"time\":5,\"op\":\"release\",\"pool\":NaN}",
      })
  void shouldRefuseWhatIsNotOneJsonObject(String line) {
    assertThatThrownBy(() -> parse(line)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"op\":\"release\",\"pool\":1} | time is missing",
        "{\"time\":5,\"pool\":1} | op is missing",
        "{\"time\":5,\"op\":\"relaese\",\"pool\":1} | unknown op relaese",
        "{\"time\":5,\"op\":3,\"pool\":1} | op must be a string, not 3",
        "{\"time\":null,\"op\":\"release\",\"pool\":1} | time must be an integer, not null",
        "{\"time\":5.0,\"op\":\"release\",\"pool\":1} | time must be an integer, not 5.0",
        "{\"time\":\"2025-01-01T00:00:00\",\"op\":\"release\",\"pool\":1} | time must be"
            + " milliseconds or ISO-8601 with an offset, not \"2025-01-01T00:00:00\"",
        "{\"time\":253402300800000,\"op\":\"release\",\"pool\":1} | time is not within the years 1"
            + " to 9999",
        "{\"time\":-62135596800001,\"op\":\"release\",\"pool\":1} | time is not within the years 1"
            + " to 9999",
        "{\"time\":\"+999999999-01-01T00:00:00Z\",\"op\":\"release\",\"pool\":1} | time is not"
            + " within the years 1 to 9999",
        "{\"time\":5,\"op\":\"release\",\"pool\":1,\"day\":\"0000-12-31\"} | day is not within the"
            + " years 1 to 9999",
        "{\"time\":\"+12025-01-01T00:00:00Z\",\"op\":\"release\",\"pool\":1} | time is not within"
            + " the years 1 to 9999",
        "{\"time\":5,\"op\":\"release\"} | pool is missing",
        "{\"time\":5,\"op\":\"release\",\"pool\":\"1\"} | pool must be an integer, not \"1\"",
        "{\"time\":5,\"op\":\"release\",\"pool\":2147483648} | pool is not in -2147483647..2147483647:"
            + " 2147483648",
        "{\"time\":5,\"op\":\"release\",\"pool\":-2147483648} | pool is not in -2147483647..2147483647:"
            + " -2147483648",
        "{\"time\":5,\"op\":\"issue\",\"id\":7,\"account\":1,\"points\":2,\"reason\":-2147483649} |"
            + " reason is not in -2147483648..2147483647: -2147483649",
        "{\"time\":5,\"op\":\"release\",\"pool\":1,\"day\":20120} | day must be a string, not"
            + " 20120",
        "{\"time\":5,\"op\":\"release\",\"pool\":1,\"day\":\"2025-02-30\"} | day must be a date as"
            + " 2025-02-01, not \"2025-02-30\"",
        "{\"time\":5,\"op\":\"release\",\"pool\":1,\"amount\":2} | unknown field amount",
        "{\"time\":5,\"op\":\"redeem-coins\",\"id\":-7,\"account\":1,\"coins\":2} | id is not an"
            + " unsigned 128-bit number",
        "{\"time\":5,\"op\":\"redeem-coins\",\"id\":340282366920938463463374607431768211456,"
            + "\"account\":1,\"coins\":2} | id is not an unsigned 128-bit number",
        "{\"time\":5,\"op\":\"redeem-coins\",\"id\":7,\"account\":18446744073709551616,\"coins\":2}"
            + " | account is not an unsigned 64-bit number",
        "{\"time\":5,\"op\":\"redeem-coins\",\"id\":\"7x\",\"account\":1,\"coins\":2} | id must be"
            + " an integer or a decimal string, not \"7x\"",
        "{\"time\":5,\"op\":\"redeem-coins\",\"id\":7,\"account\":1,\"coins\":2e3} | coins must be"
            + " an integer, not 2000.0",
        "{\"time\":5,\"op\":\"redeem-coins\",\"id\":7,\"account\":1,\"coins\":9223372036854775808}"
            + " | coins is not a signed 64-bit number",
        "{\"time\":5,\"op\":\"payout\",\"id\":7,\"account\":1,\"balance\":\"NULL_VAL\","
            + "\"amount\":2} | balance is not known: NULL_VAL",
        "{\"time\":5,\"op\":\"open-account\",\"account\":1,\"kind\":\"SBE_UNKNOWN\"} | kind is not"
            + " known: SBE_UNKNOWN",
        "{\"time\":5,\"op\":\"open-account\",\"account\":1,\"kind\":\"CONSUMER\","
            + "\"status\":\"ACTIVE\"} | unknown field status",
        "{\"time\":5,\"op\":\"configure\"} | program is missing",
        "{\"time\":5,\"op\":\"configure\",\"program\":[]} | program must be an object, not []",
        "{\"time\":5,\"op\":\"configure\",\"program\":{\"coin_pbs\":1}} | unknown field"
            + " program.coin_pbs",
        "{\"time\":5,\"op\":\"configure\",\"program\":{\"pools\":{}}} | program.pools must be a"
            + " list, not {}",
        "{\"time\":5,\"op\":\"configure\",\"program\":{\"plans\":[{\"plan\":1,\"rate\":2}]}} |"
            + " unknown field program.plans[0].rate",
        "{\"time\":5,\"op\":\"configure\",\"program\":{\"pools\":[{\"pool\":1},{\"step\":2}]}} |"
            + " unknown field program.pools[1].step",
        "{\"time\":5,\"op\":\"configure\",\"program\":{\"channels\":[{\"limit\":2}]}} |"
            + " unknown field program.channels[0].limit",
        "{\"time\":5,\"op\":\"configure\",\"program\":{\"pools\":[{\"pool\":1,"
            + "\"initial_value\":-9223372036854775808}]}} | initial_value is out of range:"
            + " -9223372036854775808",
      })
  void shouldSayWhatIsWrongWithALine(String line, String detail) {
    assertThatThrownBy(() -> parse(line)).isInstanceOf(MalformedException.class).hasMessage(detail);
  }

  @Test
  void shouldGiveNoIdToAnEntryOfTheProgramThatNamesNone() throws MalformedException {
    final OptionalInt none = OptionalInt.empty();
    assertThat(parse(configure(1, 1, 1)))
        .isEqualTo(
            new ConfigureRequest(
                Program.builder()
                    .channels(Program.Channel.of(0))
                    .pools(new Program.Pool(0, OptionalLong.empty(), none, none, none))
                    .plans(new Program.Plan(0, none, none, none, none, none))
                    .build(),
                5));
  }

  private static String configure(int channels, int pools, int plans) {
    return "{\"time\":5,\"op\":\"configure\",\"program\":{"
        + list("channels", channels)
        + ","
        + list("pools", pools)
        + ","
        + list("plans", plans)
        + "}}";
  }

  private static String list(String name, int entries) {
    return "\"" + name + "\":[" + String.join(",", Collections.nCopies(entries, "{}")) + "]";
  }

  @Test
  void shouldRefuseAProgramWhoseListsTogetherHaveMoreEntriesThanAMessageMayHold()
      throws MalformedException {
    assertThat(parse(configure(2_000, 2_500, 3_500))).isInstanceOf(ConfigureRequest.class);
    assertThatThrownBy(() -> parse(configure(2_001, 2_500, 3_500)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("the program's lists have 8001 entries, more than 8000");
  }
}
