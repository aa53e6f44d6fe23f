package dev.verdant.ledger.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verdant.ledger.model.AccountView;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.ModelStatus;
import dev.verdant.ledger.model.Outcome;
import dev.verdant.ledger.model.PoolView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One golden script with what it must give. */
record GoldenVector(
    List<Command> commands,
    List<Outcome> outcomes,
    List<AccountView> accounts,
    List<PoolView> pools,
    Map<String, Map<String, Long>> trialBalance) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static GoldenVector load(String name) {
    return new GoldenVector(
        lines(name + ".jsonl").stream().map(ScriptReader::command).toList(),
        lines(name + ".expected/results.jsonl").stream().map(GoldenVector::outcome).toList(),
        lines(name + ".expected/accounts.jsonl").stream().map(GoldenVector::account).toList(),
        lines(name + ".expected/pools.jsonl").stream().map(GoldenVector::pool).toList(),
        trialBalance(name + ".expected/trial-balance.json"));
  }

  private static List<JsonNode> lines(String resource) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(resource), StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank()).map(GoldenVector::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream stream = GoldenVector.class.getResourceAsStream("/golden/" + resource);
    if (stream == null) {
      throw new AssertionError("no golden file " + resource);
    }
    return stream;
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome outcome(JsonNode line) {
    ModelStatus status = ModelStatus.valueOf(line.get("status").asText());
    if (!line.has("opened")) {
      return new Outcome(status, null);
    }
    return new Outcome(
        status,
        new Outcome.Run(
            line.get("opened").booleanValue(),
            line.get("period").intValue(),
            amount(line, "value"),
            amount(line, "released"),
            amount(line, "backlog")));
  }

  private static AccountView account(JsonNode line) {
    return new AccountView(
        new BigInteger(line.get("account").asText()).longValue(),
        line.get("kind").asText(),
        line.get("status").asText(),
        amount(line, "coupon"),
        amount(line, "pending"),
        amount(line, "coin"),
        amount(line, "points"),
        amount(line, "payable"),
        amount(line, "reserve"),
        amount(line, "commission"),
        amount(line, "month_consumption"),
        amount(line, "month_credited"),
        amount(line, "turnover"));
  }

  private static PoolView pool(JsonNode line) {
    return new PoolView(
        line.get("pool").intValue(),
        line.get("period").intValue(),
        amount(line, "value"),
        amount(line, "issued"));
  }

  private static long amount(JsonNode line, String name) {
    return line.get(name).bigIntegerValue().longValueExact();
  }

  private static Map<String, Map<String, Long>> trialBalance(String resource) {
    try (InputStream stream = open(resource)) {
      Map<String, Map<String, Long>> assets = new TreeMap<>();
      JSON.readTree(stream)
          .properties()
          .forEach(
              asset -> {
                Map<String, Long> amounts = new TreeMap<>();
                asset
                    .getValue()
                    .properties()
                    .forEach(
                        entry ->
                            amounts.put(
                                entry.getKey(),
                                entry.getValue().bigIntegerValue().longValueExact()));
                assets.put(asset.getKey(), amounts);
              });
      return assets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
