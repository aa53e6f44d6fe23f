package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.view.DigestView;
import dev.verdant.memory.Memory;
import dev.verdant.protocol.codec.ReferralPolicy;
import dev.verdant.protocol.codec.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * What the digest tells apart: no two of the states here are the same, and each differs from the
 * plain one in a single figure. What it does not depend on is the property tests'.
 */
class StateDigestTest {
  private static final long FIRST_ID = 1001;
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private record Change(String what, Consumer<LedgerState> change) {}

  private final List<Change> changes = new ArrayList<>();

  private void change(String what, Consumer<LedgerState> change) {
    changes.add(new Change(what, change));
  }

  /** Two consumers of nothing, and two cohorts without points. */
  private static LedgerState plain(Memory memory) {
    final LedgerState state = new LedgerState(memory);
    for (int i = 0; i < 2; i++) {
      final int slot = state.accounts.add(FIRST_ID + i);
      Accounts.kind(state.accounts.write(slot), Accounts.CONSUMER);
      Accounts.status(state.accounts.write(slot), Accounts.ACTIVE);
      state.cohorts.add(1, 1, i);
    }
    return state;
  }

  /** Each half of it must tell all states apart. */
  private void requireAllDigestsToDiffer() {
    final Map<Long, String> lows = new HashMap<>();
    final Map<Long, String> highs = new HashMap<>();
    change("nothing", state -> {});
    for (final Change one : changes) {
      try (Memory memory = new Memory()) {
        final LedgerState state = plain(memory);
        one.change().accept(state);
        final DigestView digest = new Views(state, new CatchUp(state)).digest();
        assertThat(lows.put(digest.low(), one.what())).as("same low as %s", one).isNull();
        assertThat(highs.put(digest.high(), one.what())).as("same high as %s", one).isNull();
      }
    }
  }

  private void account(String what, LongConsumer change) {
    change(what, state -> change.accept(state.accounts.write(FIRST)));
  }

  @Test
  void shouldDifferWithEveryFigureOfAnAccount() {
    change("another account", state -> state.accounts.add(FIRST_ID + 2));
    change("an account of another id", state -> state.accounts.add(FIRST_ID + 3));
    account("kind", a -> Accounts.kind(a, Accounts.MARKETER_KIND));
    account("status", a -> Accounts.status(a, Accounts.FROZEN));
    account("has ordered", Accounts::setHasOrdered);
    account("pool", a -> Accounts.pool(a, 1));
    account("plan", a -> Accounts.plan(a, 1));
    account("rate", a -> Accounts.rateBps(a, 1));
    account("referrer", a -> Accounts.referrer(a, SECOND));
    account("marketer", a -> Accounts.marketer(a, SECOND));
    account("district agent", a -> Accounts.district(a, SECOND));
    account("provincial agent", a -> Accounts.provincial(a, SECOND));
    account("coupons", a -> Accounts.coupon(a, 1));
    account("pending coupons", a -> Accounts.pending(a, 1));
    account("consumption of the month", a -> Accounts.monthConsumption(a, 1));
    account("credited in the month", a -> Accounts.monthCredited(a, 1));
    account("coins", a -> Accounts.coin(a, 1));
    account("turnover", a -> Accounts.turnover(a, 1));
    account("payable", a -> Accounts.payable(a, 1));
    account("reserve", a -> Accounts.reserve(a, 1));
    account("commission", a -> Accounts.commission(a, 1));
    requireAllDigestsToDiffer();
  }

  private void lot(String what, int account, int cohort, long points) {
    change(
        what,
        state ->
            state.lots.add(
                Accounts.lots(state.accounts.write(account)), cohort, points, state.cohorts));
  }

  private void quota(String what, int account, int channel, long cash) {
    change(
        what,
        state -> {
          final int slot = state.quotas.add(channel, 0);
          state.quotas.addCash(slot, state.day, cash);
          Accounts.quotas(state.accounts.write(account), slot);
        });
  }

  @Test
  void shouldDifferWithWhoHoldsHowManyPointsAndWithTheCashOfADay() {
    lot("a lot", FIRST, 1, 100);
    lot("of another account", SECOND, 1, 100);
    lot("of another cohort", FIRST, 2, 100);
    lot("of more points", FIRST, 1, 101);
    quota("cash", FIRST, 1, 100);
    quota("of another merchant", SECOND, 1, 100);
    quota("of another channel", FIRST, 2, 100);
    quota("of more", FIRST, 1, 101);
    requireAllDigestsToDiffer();
  }

  private static long add(LedgerState state, long low, long high, int day) {
    return add(state, low, high, day, TransactionKind.ORDER, Status.OK);
  }

  private static long add(
      LedgerState state, long low, long high, int day, TransactionKind kind, Status status) {
    state.transactions.find(low, high);
    final long record = state.transactions.add(low, high, day, kind, status);
    Transactions.words(record, 0, 0, 0, 0);
    Transactions.channel(record, 0);
    return record;
  }

  private void order(String what, LongConsumer change) {
    change(what, state -> change.accept(add(state, 5, 6, 7)));
  }

  private void refused(String what, LongConsumer change) {
    change(
        what,
        state ->
            change.accept(add(state, 5, 6, 7, TransactionKind.ORDER, Status.INSUFFICIENT_COUPONS)));
  }

  @Test
  void shouldDifferWithEveryFigureOfATransaction() {
    order("an order", r -> {});
    change("another low half of its id", state -> add(state, 4, 6, 7));
    change("another high half of its id", state -> add(state, 5, 7, 7));
    change("another day", state -> add(state, 5, 6, 8));
    order("channel", r -> Transactions.channel(r, 1));
    order("amount", r -> Transactions.amount(r, 1));
    order("coupons", r -> Transactions.coupon(r, 1));
    order("refunded", r -> Transactions.refunded(r, 1));
    order("buyer", r -> Transactions.parties(r, SECOND, 0));
    order("merchant", r -> Transactions.parties(r, 0, SECOND));
    order("marketer", r -> Transactions.earners(r, SECOND, 0, 0, 0));
    order("district agent", r -> Transactions.earners(r, 0, SECOND, 0, 0));
    order("provincial agent", r -> Transactions.earners(r, 0, 0, SECOND, 0));
    order("referrer", r -> Transactions.earners(r, 0, 0, 0, SECOND));
    order("buyer's cohort", r -> Transactions.cohorts(r, 1, 0, 0));
    order("merchant's cohort", r -> Transactions.cohorts(r, 0, 1, 0));
    order("referrer's cohort", r -> Transactions.cohorts(r, 0, 0, 1));
    order("rate", r -> Transactions.terms(r, 0, 1));
    refused("a refused order", r -> {});
    change(
        "an order refused for another reason",
        state -> add(state, 5, 6, 7, TransactionKind.ORDER, Status.ACCOUNT_NOT_FOUND));
    change(
        "another kind",
        state -> add(state, 5, 6, 7, TransactionKind.REFUND, Status.INSUFFICIENT_COUPONS));
    // No slot of an account: the words are none of those of an accepted order.
    refused("word 0", r -> Transactions.words(r, 9, 0, 0, 0));
    refused("word 1", r -> Transactions.words(r, 0, 9, 0, 0));
    refused("word 2", r -> Transactions.words(r, 0, 0, 9, 0));
    refused("word 3", r -> Transactions.words(r, 0, 0, 0, 9));
    requireAllDigestsToDiffer();
  }

  /** An order under terms that are all 0 but one. */
  private void terms(int place) {
    change(
        "term " + place,
        state -> {
          final int[] of = new int[9];
          of[place] = 1;
          state.orderTerms.add(
              new Program.OrderTerms(
                  of[0], of[1], of[2], of[3], of[4], of[5], of[6], of[7], of[8]));
          Transactions.terms(add(state, 5, 6, 7), state.orderTerms.size() - 1, 0);
        });
  }

  @Test
  void shouldDifferWithEveryTermOfAnOrder() {
    for (int place = 0; place < 9; place++) {
      terms(place);
    }
    requireAllDigestsToDiffer();
  }

  private void cohort(String what, Consumer<Cohort> change) {
    change(what, state -> change.accept(state.cohorts.at(2)));
  }

  private void pool(String what, Consumer<Pool> change) {
    change(what, state -> change.accept(state.pool(1)));
  }

  /** Points of one of two pools that have the same terms. */
  private void issuedInto(int pool) {
    change(
        "points issued into pool " + pool,
        state -> {
          state.program.pools =
              new Program.PoolTerms[] {
                new Program.PoolTerms(1, 1, 1, 1, 1), new Program.PoolTerms(2, 1, 1, 1, 1)
              };
          state.pool(pool).issued = 1;
        });
  }

  @Test
  void shouldDifferWithEveryFigureOfACohortAPoolAndTheBooks() {
    cohort("its pool", cohort -> cohort.pool = 2);
    cohort("its plan", cohort -> cohort.plan = 2);
    cohort("its entry", cohort -> cohort.entry = 2);
    cohort("its releases", cohort -> cohort.releases = 1);
    cohort("its exit", Cohort::exit);
    cohort("its points", cohort -> cohort.points = 1);
    cohort("its liability", cohort -> cohort.liability = 1);
    cohort("what is due", cohort -> cohort.due = 1);
    cohort("what is paid", cohort -> cohort.pay(1, 1));
    cohort("its base value", cohort -> cohort.baseValue = 1);
    pool("the period", pool -> pool.period = 1);
    pool("the value", pool -> pool.value = 1);
    pool("the points issued", pool -> pool.issued = 1);
    pool("the day of the last opening", pool -> pool.lastOpenedDay = 1);
    pool("the day of the last run", pool -> pool.lastRunDay = 1);
    issuedInto(1);
    issuedInto(2);
    for (int account = 0; account < Books.ACCOUNTS; account++) {
      final int posted = account;
      change("account " + account + " of the books", state -> state.books.post(posted, 1));
    }
    change("coupons ever issued", state -> state.books.couponsEverIssued = 1);
    requireAllDigestsToDiffer();
  }

  private void program(String what, Consumer<Program> change) {
    change(what, state -> change.accept(state.program));
  }

  private void poolTerms(String what, Program.PoolTerms terms) {
    program(what, program -> program.pools = new Program.PoolTerms[] {terms, program.pools[1]});
  }

  private void plan(String what, Program.Plan plan) {
    program(what, program -> program.plans = new Program.Plan[] {program.plans[0], plan});
  }

  private void channel(String what, Program.Channel channel) {
    program(what, program -> program.channels = new Program.Channel[] {channel});
  }

  @Test
  void shouldDifferWithEveryFieldOfTheProgram() {
    program("business offset", program -> program.businessOffsetMinutes++);
    program("least concession", program -> program.minConcessionBps++);
    program("largest concession", program -> program.maxConcessionBps++);
    program("buyer's points", program -> program.buyerPointsBps++);
    program("merchant's points", program -> program.merchantPointsBps++);
    program("incentive share", program -> program.incentiveShareBps++);
    program("merchant's payable", program -> program.merchantPayableBps++);
    program("marketer", program -> program.marketerBps++);
    program("district agent", program -> program.districtBps++);
    program("provincial agent", program -> program.provincialBps++);
    program("referral", program -> program.referralBps++);
    program("referral policy", program -> program.referralPolicy = ReferralPolicy.FIRST_ORDER);
    program("coins", program -> program.coinBps++);
    program("largest coupon", program -> program.maxCouponBps++);
    program("daily valve", program -> program.dailyValveBps++);
    program("monthly valve", program -> program.monthlyValveBps++);
    change("monthly valve in force", state -> state.monthlyValve.changeAtOnce(1));
    program("order window", program -> program.orderWindowDays++);
    poolTerms("another initial value", new Program.PoolTerms(1, 2, 1, 1, 1));
    poolTerms("pool terms", new Program.PoolTerms(1, 1, 1, 1, 1));
    poolTerms("another step", new Program.PoolTerms(1, 1, 2, 1, 1));
    poolTerms("another least interval", new Program.PoolTerms(1, 1, 1, 2, 1));
    poolTerms("another largest interval", new Program.PoolTerms(1, 1, 1, 1, 2));
    plan("a plan", new Program.Plan(2, 1, 1, 1, 1, 1));
    plan("another plan id", new Program.Plan(3, 1, 1, 1, 1, 1));
    plan("another base rate", new Program.Plan(2, 2, 1, 1, 1, 1));
    plan("another cap", new Program.Plan(2, 1, 2, 1, 1, 1));
    plan("another number of periods", new Program.Plan(2, 1, 1, 2, 1, 1));
    plan("another number of fixed periods", new Program.Plan(2, 1, 1, 1, 2, 1));
    plan("another fixed rate", new Program.Plan(2, 1, 1, 1, 1, 2));
    channel("another channel", new Program.Channel(2, 0));
    channel("another limit", new Program.Channel(1, 1));
    requireAllDigestsToDiffer();
  }

  private static void day(LedgerState state, int day, int budgetDay, long budget) {
    state.day = day;
    state.budgetDay = budgetDay;
    state.budget = budget;
  }

  @Test
  void shouldDifferWithTimeAndWhatTheDaysHold() {
    change("the time", state -> state.time = 1);
    change("a day", state -> day(state, 1, 1, 0));
    change("another day", state -> day(state, 2, 2, 0));
    change("what is left of its budget", state -> day(state, 1, 1, 1));
    change("no budget so far", state -> day(state, 1, 0, 0));
    change("consumption", state -> state.consumption = 1);
    change("consumption of the day before", state -> state.consumptionOfDayBefore = 1);
    requireAllDigestsToDiffer();
  }

  /** Two of everything that has a slot or a number, the first of each first, or the second. */
  private static DigestView digestOfTwo(int first, int second) {
    try (Memory memory = new Memory()) {
      final LedgerState state = new LedgerState(memory);
      for (final int id : new int[] {first, second}) {
        final long a = state.accounts.write(state.accounts.add(id));
        Accounts.kind(a, Accounts.CONSUMER);
        Accounts.pending(a, id);
        state.cohorts.add(id, 1, 0);
        add(state, id, 0, 7);
      }
      for (int slot = 1; slot <= 2; slot++) {
        final long a = state.accounts.write(slot);
        for (final int pool : new int[] {first, second}) {
          final int cohort = pool == first ? 1 : 2;
          state.lots.add(Accounts.lots(a), cohort, 100 * Accounts.id(a) + pool, state.cohorts);
          Accounts.quotas(a, state.quotas.add(pool, Accounts.quotas(a)));
          state.quotas.addCash(Accounts.quotas(a), state.day, pool);
        }
      }
      return new Views(state, new CatchUp(state)).digest();
    }
  }

  @Test
  void shouldNotDependOnTheOrderInWhichThingsCameToBe() {
    assertThat(digestOfTwo(1, 2)).isEqualTo(digestOfTwo(2, 1));
  }

  @Test
  void shouldNotDependOnTheBudgetOfADayThatIsOver() {
    try (Memory memory = new Memory()) {
      final LedgerState state = plain(memory);
      final Views views = new Views(state, new CatchUp(state));
      day(state, 2, 1, 0);
      final DigestView without = views.digest();
      day(state, 2, 1, 7);
      assertThat(views.digest()).isEqualTo(without);
    }
  }
}
