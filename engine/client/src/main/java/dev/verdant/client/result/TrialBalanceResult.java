package dev.verdant.client.result;

import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;
import dev.verdant.protocol.codec.TrialBalanceQueryReplyDecoder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The books.
 *
 * @param outcome what became of the query.
 * @param ageMillis since the view was the newest state.
 * @param entries balance of each account of the books in each of its assets.
 */
public record TrialBalanceResult(Outcome outcome, long ageMillis, List<Entry> entries)
    implements Result {
  /** What the books count. */
  public static final List<Asset> ASSETS =
      List.of(Asset.CNY, Asset.POINTS, Asset.COUPON, Asset.COIN);

  /** Reads a reply. */
  public static TrialBalanceResult decode(Reply reply) {
    if (reply.templateId() != TrialBalanceQueryReplyDecoder.TEMPLATE_ID) {
      return new TrialBalanceResult(reply.bareOutcome(), 0, List.of());
    }
    TrialBalanceQueryReplyDecoder decoder = reply.read(new TrialBalanceQueryReplyDecoder());
    Outcome outcome = reply.outcome(decoder.status(), decoder.sequence());
    long ageMillis = decoder.age();
    List<Entry> entries = new ArrayList<>();
    for (TrialBalanceQueryReplyDecoder.EntriesDecoder entry : decoder.entries()) {
      entries.add(new Entry(entry.asset(), entry.bookAccount(), entry.amount()));
    }
    return new TrialBalanceResult(outcome, ageMillis, List.copyOf(entries));
  }

  /** Balance of one account of the books, 0 where it has none. */
  public long amount(Asset asset, BookAccount account) {
    return entries.stream()
        .filter(entry -> entry.asset() == asset && entry.account() == account)
        .mapToLong(Entry::amount)
        .sum();
  }

  /**
   * Sum over the accounts of an asset: 0 when the books balance.
   *
   * @throws ArithmeticException if it leaves 64 bits, which balanced books cannot.
   */
  public long sum(Asset asset) {
    return entries.stream()
        .filter(entry -> entry.asset() == asset)
        .mapToLong(Entry::amount)
        .reduce(0, Math::addExact);
  }

  /**
   * Sums that are not 0, by asset: none when the books balance.
   *
   * @throws ArithmeticException if one leaves 64 bits.
   */
  public Map<Asset, Long> imbalances() {
    Map<Asset, Long> imbalances = new EnumMap<>(Asset.class);
    for (Asset asset : ASSETS) {
      long sum = sum(asset);
      if (sum != 0) {
        imbalances.put(asset, sum);
      }
    }
    return imbalances;
  }

  /**
   * A balance.
   *
   * @param asset what is counted.
   * @param account of the books.
   * @param amount signed, in the asset's smallest unit.
   */
  public record Entry(Asset asset, BookAccount account, long amount) {}
}
