package dev.verdant.ledger.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verdant.ledger.model.AccountState;
import dev.verdant.ledger.model.Balance;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.Policy;
import dev.verdant.ledger.model.ProgramChange;
import dev.verdant.ledger.model.ProgramChange.Channel;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import dev.verdant.ledger.model.Terms;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Turns a line of a script into a command. */
final class ScriptReader {
  private ScriptReader() {}

  static Command command(JsonNode line) {
    long time = time(line.get("time"));
    String op = line.get("op").asText();
    return switch (op) {
      case "configure" -> new Command.Configure(time, change(line.get("program")));
      case "open-account" ->
          new Command.OpenAccount(
              time, account(line, "account"), Kind.valueOf(text(line, "kind")), terms(line));
      case "update-account" ->
          new Command.UpdateAccount(
              time,
              account(line, "account"),
              terms(line),
              line.has("status") ? AccountState.valueOf(text(line, "status")) : null);
      case "order" ->
          new Command.Order(
              time,
              id(line, "id"),
              account(line, "buyer"),
              account(line, "merchant"),
              amount(line, "amount"),
              line.has("coupon") ? amount(line, "coupon") : 0,
              line.has("channel") ? line.get("channel").intValue() : 1);
      case "refund" ->
          new Command.Refund(time, id(line, "id"), id(line, "order"), amount(line, "amount"));
      case "issue" ->
          new Command.Issue(
              time,
              id(line, "id"),
              account(line, "account"),
              amount(line, "points"),
              number(line, "pool"),
              number(line, "plan"),
              line.has("reason") ? line.get("reason").intValue() : 0);
      case "redeem-coins" ->
          new Command.RedeemCoins(
              time, id(line, "id"), account(line, "account"), amount(line, "coins"));
      case "payout" ->
          new Command.Payout(
              time,
              id(line, "id"),
              account(line, "account"),
              Balance.valueOf(text(line, "balance")),
              amount(line, "amount"));
      case "release-reserve" ->
          new Command.ReleaseReserve(
              time, id(line, "id"), account(line, "account"), amount(line, "amount"));
      case "settle-channel" ->
          new Command.SettleChannel(
              time, id(line, "id"), line.get("channel").intValue(), amount(line, "amount"));
      case "release" ->
          new Command.Release(
              time,
              line.get("pool").intValue(),
              line.has("day") ? LocalDate.parse(text(line, "day")).toEpochDay() : null);
      default -> throw new AssertionError("unknown op " + op);
    };
  }

  private static long time(JsonNode time) {
    return time.isNumber()
        ? time.longValue()
        : OffsetDateTime.parse(time.asText()).toInstant().toEpochMilli();
  }

  private static String text(JsonNode line, String name) {
    return line.get(name).asText();
  }

  private static long account(JsonNode line, String name) {
    return new BigInteger(text(line, name)).longValue();
  }

  private static BigInteger id(JsonNode line, String name) {
    return new BigInteger(text(line, name));
  }

  private static long amount(JsonNode line, String name) {
    return new BigInteger(text(line, name)).longValueExact();
  }

  private static Integer number(JsonNode line, String name) {
    return line.has(name) ? Integer.valueOf(line.get(name).intValue()) : null;
  }

  private static Long link(JsonNode line, String name) {
    return line.has(name) ? Long.valueOf(account(line, name)) : null;
  }

  private static Terms terms(JsonNode line) {
    return new Terms(
        number(line, "pool"),
        number(line, "plan"),
        number(line, "concession_bps"),
        link(line, "referrer"),
        link(line, "marketer"),
        link(line, "district"),
        link(line, "provincial"));
  }

  private static ProgramChange change(JsonNode program) {
    Map<String, Integer> numbers = new TreeMap<>();
    program
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNumber()) {
                numbers.put(field.getKey(), field.getValue().intValue());
              }
            });
    JsonNode policy = program.get("referral_policy");
    return new ProgramChange(
        numbers,
        policy == null ? null : Policy.valueOf(policy.asText()),
        entries(
            program.get("channels"),
            entry ->
                new Channel(number(entry, "channel"), optional(entry, "merchant_daily_limit"))),
        entries(
            program.get("pools"),
            entry ->
                new PoolTerms(
                    number(entry, "pool"),
                    optional(entry, "initial_value"),
                    number(entry, "step_bps"),
                    number(entry, "min_interval_days"),
                    number(entry, "max_interval_days"))),
        entries(
            program.get("plans"),
            entry ->
                new PlanTerms(
                    number(entry, "plan"),
                    number(entry, "base_rate_bps"),
                    number(entry, "cap_bps"),
                    number(entry, "max_periods"),
                    number(entry, "fixed_periods"),
                    number(entry, "fixed_rate_bps"))));
  }

  private static Long optional(JsonNode entry, String name) {
    return entry.has(name) ? Long.valueOf(amount(entry, name)) : null;
  }

  private static <T> List<T> entries(JsonNode list, Function<JsonNode, T> reader) {
    if (list == null) {
      return null;
    }
    List<T> entries = new ArrayList<>();
    list.forEach(entry -> entries.add(reader.apply(entry)));
    return entries;
  }
}
