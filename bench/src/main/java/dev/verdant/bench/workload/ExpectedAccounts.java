package dev.verdant.bench.workload;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.collections.Int2IntHashMap;

/**
 * What some accounts must hold after orders and refunds of whole orders (rulebook sections 4 and
 * 5), computed without a ledger: all agents, and of merchants and members the busiest and as many
 * spread over all others.
 *
 * <p>The books are sums that a ledger keeps beside its accounts, so books that balance do not show
 * that any account was written. One thread at a time.
 */
public final class ExpectedAccounts {
  /** Members, and merchants, that are watched by their rank, and again by their number. */
  private static final int WATCHED = 128;

  private static final int NONE = -1;
  private static final long BPS = 10_000;
  private static final long PAYABLE_BPS = 8_000;
  private static final long MARKETER_BPS = 600;
  private static final long DISTRICT_BPS = 1_500;
  private static final long PROVINCIAL_BPS = 150;

  /**
   * What an account must hold; fen, coins in hundredths. Points and coupons are not here: how many
   * of them are left is a matter of releases.
   *
   * @param member whether it is a member's: what releases give to members it gets.
   */
  public record Balances(
      long account,
      boolean member,
      long coin,
      long payable,
      long reserve,
      long commission,
      long turnover) {}

  private final Population population;
  private final Int2IntHashMap members = new Int2IntHashMap(NONE);
  private final Int2IntHashMap merchants = new Int2IntHashMap(NONE);
  private final long[] accounts;
  private final int firstMember;
  private final long[] coins;
  private final long[] payables;
  private final long[] reserves;
  private final long[] commissions;
  private final long[] turnovers;

  /** Nothing has been ordered yet. */
  public ExpectedAccounts(Population population) {
    this.population = population;
    final Profile profile = population.profile();
    int count = population.agents();
    for (int i = 0; i < WATCHED; i++) {
      count += watch(merchants, population.merchantOfRank(i), profile.merchants(), count);
      count += watch(merchants, spread(i, profile.merchants()), profile.merchants(), count);
    }
    firstMember = count;
    for (int i = 0; i < WATCHED; i++) {
      count += watch(members, population.memberOfRank(i), profile.members(), count);
      count += watch(members, spread(i, profile.members()), profile.members(), count);
    }
    accounts = new long[count];
    Arrays.setAll(accounts, population::agent);
    merchants.forEachInt((number, place) -> accounts[place] = population.merchant(number));
    members.forEachInt((number, place) -> accounts[place] = population.member(number));
    coins = new long[count];
    payables = new long[count];
    reserves = new long[count];
    commissions = new long[count];
    turnovers = new long[count];
  }

  private static int spread(int i, int count) {
    return (int) ((long) i * count / WATCHED);
  }

  private static int watch(Int2IntHashMap places, int number, int count, int place) {
    return number < count && places.putIfAbsent(number, place) == NONE ? 1 : 0;
  }

  /** An order, by numbers of the population. */
  public void order(int buyer, int merchant, long amountFen) {
    post(buyer, merchant, amountFen, 1);
  }

  /** A refund of a whole order gives back exactly what the order gave. */
  public void refund(int buyer, int merchant, long amountFen) {
    post(buyer, merchant, amountFen, -1);
  }

  private void post(int buyer, int merchant, long amount, int sign) {
    final long concession = amount * population.rateBps(merchant) / BPS;
    final int member = members.get(buyer);
    if (member != NONE) {
      coins[member] += sign * concession;
      turnovers[member] += sign * amount;
    }
    final int seller = merchants.get(merchant);
    if (seller != NONE) {
      final long payable = (amount - concession) * PAYABLE_BPS / BPS;
      payables[seller] += sign * payable;
      reserves[seller] += sign * (amount - concession - payable);
      turnovers[seller] += sign * amount;
    }
    if (population.agents() != 0) {
      pay(Population.marketerOf(merchant), sign * (concession * MARKETER_BPS / BPS), sign * amount);
      pay(Population.districtOf(merchant), sign * (concession * DISTRICT_BPS / BPS), sign * amount);
      pay(
          Population.provincialOf(merchant),
          sign * (concession * PROVINCIAL_BPS / BPS),
          sign * amount);
    }
  }

  private void pay(int agent, long commission, long amount) {
    commissions[agent] += commission;
    turnovers[agent] += amount;
  }

  /** What the watched accounts must hold now. */
  public List<Balances> balances() {
    return IntStream.range(0, accounts.length)
        .mapToObj(
            place ->
                new Balances(
                    accounts[place],
                    place >= firstMember,
                    coins[place],
                    payables[place],
                    reserves[place],
                    commissions[place],
                    turnovers[place]))
        .toList();
  }

  /** Coins of the members among them, in hundredths. */
  public long memberCoinsCc() {
    long sum = 0;
    for (int place = firstMember; place < coins.length; place++) {
      sum += coins[place];
    }
    return sum;
  }
}
