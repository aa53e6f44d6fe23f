package dev.verdant.ops.view;

import dev.verdant.client.request.Query;
import dev.verdant.client.request.TransactionId;
import dev.verdant.client.request.View;
import dev.verdant.client.result.DigestResult;
import dev.verdant.client.result.OrderQueryResult;
import dev.verdant.client.result.PoolsQueryResult;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.protocol.codec.Asset;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Pools, trial balance, one order and the digest. */
public final class LedgerViews {
  private final Exchange exchange;
  private final JsonLines out;

  public LedgerViews(Exchange exchange, JsonLines out) {
    this.exchange = exchange;
    this.out = out;
  }

  /** Writes every pool, one line each. */
  public void writePools() throws IOException {
    for (PoolsQueryResult.Pool pool : Queries.answered(exchange, new Query.Pools()).pools()) {
      out.begin()
          .number("pool", pool.pool())
          .number("period", pool.period())
          .number("value", pool.valueCp())
          .number("issued", pool.issuedCp())
          .end();
    }
    out.flush();
  }

  /**
   * Writes the trial balance: one object of assets, each an object of account name to amount.
   *
   * @return what was written, with the sequence and age of its view.
   */
  public TrialBalanceResult writeTrialBalance(View view) throws IOException {
    TrialBalanceResult result = Queries.answered(exchange, new Query.TrialBalance(view));
    List<TrialBalanceResult.Entry> entries = result.entries();
    out.begin();
    for (Asset asset : assets(entries)) {
      out.begin(asset.name());
      for (TrialBalanceResult.Entry entry : of(asset, entries)) {
        out.number(entry.account().name(), entry.amount());
      }
      out.endInner();
    }
    out.end();
    out.flush();
    return result;
  }

  /**
   * Writes one order's record.
   *
   * @throws CommandFailure if it is not remembered.
   */
  public void writeOrder(TransactionId id) throws IOException {
    OrderQueryResult result = exchange.call(new Query.Order(id));
    if (result.order().isEmpty()) {
      throw CommandFailure.failed("no order " + id + ": " + result.status());
    }
    OrderJson.write(out, id, result.order().get());
    out.flush();
  }

  /**
   * Writes the state digest with its sequence.
   *
   * @return what was written, with the age of its view.
   */
  public DigestResult writeDigest(View view) throws IOException {
    DigestResult result = Queries.answered(exchange, new Query.Digest(view));
    out.begin().id("sequence", result.sequence()).text("digest", hex(result)).end();
    out.flush();
    return result;
  }

  /** The digest as 32 hexadecimal digits. */
  public static String hex(DigestResult digest) {
    return hex(digest.high(), digest.low());
  }

  /** The digest of these 128 bits as 32 hexadecimal digits. */
  public static String hex(long high, long low) {
    return String.format(Locale.ROOT, "%016x%016x", high, low);
  }

  private static List<Asset> assets(List<TrialBalanceResult.Entry> entries) {
    return entries.stream().map(TrialBalanceResult.Entry::asset).distinct().sorted().toList();
  }

  private static List<TrialBalanceResult.Entry> of(
      Asset asset, List<TrialBalanceResult.Entry> entries) {
    Stream<TrialBalanceResult.Entry> own = entries.stream().filter(e -> e.asset() == asset);
    return own.sorted(Comparator.comparing(TrialBalanceResult.Entry::account)).toList();
  }
}
