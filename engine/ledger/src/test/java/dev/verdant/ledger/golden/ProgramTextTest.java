package dev.verdant.ledger.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.model.ModelStatus;
import org.junit.jupiter.api.Test;

/** The program that a snapshot tells is one that a configure of a script takes, field by field. */
class ProgramTextTest extends LeakGuarded {
  /** Rulebook section 2. */
  private static final String DEFAULTS =
      """
      {"business_offset_minutes": 480, "min_concession_bps": 300, "max_concession_bps": 2000,
       "buyer_points_bps": 10000, "merchant_points_bps": 10000, "incentive_share_bps": 8000,
       "merchant_payable_bps": 8000, "marketer_bps": 600, "district_bps": 1500,
       "provincial_bps": 150, "referral_bps": 500, "referral_policy": "EVERY_ORDER",
       "coin_bps": 10000, "max_coupon_bps": 10000, "daily_valve_bps": 5000,
       "monthly_valve_bps": 20000, "order_window_days": 90,
       "channels": [{"channel": 1, "merchant_daily_limit": 0}],
       "pools": [
         {"pool": 1, "initial_value": 100000000, "step_bps": 1500,
          "min_interval_days": 10, "max_interval_days": 30},
         {"pool": 2, "initial_value": 1000000000, "step_bps": 1500,
          "min_interval_days": 10, "max_interval_days": 30}],
       "plans": [
         {"plan": 1, "base_rate_bps": 50, "cap_bps": 50000, "max_periods": 40,
          "fixed_periods": 0, "fixed_rate_bps": 0}]}
      """;

  /** Every field another than by default; of a plan that is there none may change. */
  private static final String OTHERS =
      """
      {"business_offset_minutes": -90, "min_concession_bps": 101, "max_concession_bps": 2002,
       "buyer_points_bps": 10003, "merchant_points_bps": 10004, "incentive_share_bps": 8005,
       "merchant_payable_bps": 8006, "marketer_bps": 607, "district_bps": 1508,
       "provincial_bps": 159, "referral_bps": 510, "referral_policy": "FIRST_ORDER",
       "coin_bps": 10011, "max_coupon_bps": 9912, "daily_valve_bps": 5013,
       "monthly_valve_bps": 20014, "order_window_days": 115,
       "channels": [
         {"channel": 65535, "merchant_daily_limit": 9223372036854775807},
         {"channel": 1, "merchant_daily_limit": 16}],
       "pools": [
         {"pool": 2, "initial_value": 9007199254740993, "step_bps": 1517,
          "min_interval_days": 18, "max_interval_days": 319},
         {"pool": 1, "initial_value": 20, "step_bps": 1521,
          "min_interval_days": 22, "max_interval_days": 0},
         {"pool": 77, "initial_value": 23, "step_bps": 1524,
          "min_interval_days": 25, "max_interval_days": 26}],
       "plans": [
         {"plan": 1, "base_rate_bps": 50, "cap_bps": 50000, "max_periods": 40,
          "fixed_periods": 0, "fixed_rate_bps": 0},
         {"plan": 27, "base_rate_bps": 28, "cap_bps": 50029, "max_periods": 30,
          "fixed_periods": 31, "fixed_rate_bps": 32}]}
      """;

  private final ObjectMapper json = new ObjectMapper();

  private JsonNode told(LedgerDriver ledger) throws JsonProcessingException {
    try (LedgerSnapshot snapshot = ledger.openSnapshot()) {
      return json.readTree(snapshot.program());
    }
  }

  private void configure(LedgerDriver ledger, JsonNode program) {
    final JsonNode line =
        json.createObjectNode().put("time", 1L).put("op", "configure").set("program", program);
    assertThat(ledger.apply(ScriptReader.command(line)).status()).isEqualTo(ModelStatus.OK);
  }

  @Test
  void shouldTellTheDefaultsOfTheRulebookWhenNothingWasConfigured() throws JsonProcessingException {
    try (LedgerDriver ledger = new LedgerDriver()) {
      assertThat(told(ledger)).isEqualTo(json.readTree(DEFAULTS));
    }
  }

  @Test
  void shouldTellEveryFieldAsItWasConfigured() throws JsonProcessingException {
    final JsonNode configured = json.readTree(OTHERS);
    try (LedgerDriver ledger = new LedgerDriver()) {
      configure(ledger, configured);
      assertThat(told(ledger)).isEqualTo(configured);
    }
  }

  @Test
  void shouldMakeTheSameProgramOfALedgerThatIsConfiguredByIt() throws JsonProcessingException {
    try (LedgerDriver first = new LedgerDriver();
        LedgerDriver second = new LedgerDriver()) {
      configure(first, json.readTree(OTHERS));
      configure(second, told(first));
      assertThat(second.digest()).isEqualTo(first.digest());
      assertThat(told(second)).isEqualTo(told(first));
    }
  }

  @Test
  void shouldTellAnEntrysMissingFieldsByTheirDefaults() throws JsonProcessingException {
    try (LedgerDriver ledger = new LedgerDriver()) {
      configure(
          ledger,
          json.readTree(
              """
              {"channels": [{"channel": 1}, {"channel": 2}],
               "pools": [{"pool": 1, "initial_value": 7}, {"pool": 2, "initial_value": 8}],
               "plans": [{"plan": 1}, {"plan": 2}]}
              """));
      final JsonNode told = told(ledger);
      assertThat(told.get("channels").get(1))
          .isEqualTo(json.readTree("{\"channel\": 2, \"merchant_daily_limit\": 0}"));
      assertThat(told.get("pools").get(1))
          .isEqualTo(
              json.readTree(
                  """
                  {"pool": 2, "initial_value": 8, "step_bps": 1500,
                   "min_interval_days": 10, "max_interval_days": 30}
                  """));
      assertThat(told.get("plans").get(1))
          .isEqualTo(
              json.readTree(
                  """
                  {"plan": 2, "base_rate_bps": 50, "cap_bps": 50000, "max_periods": 40,
                   "fixed_periods": 0, "fixed_rate_bps": 0}
                  """));
    }
  }
}
