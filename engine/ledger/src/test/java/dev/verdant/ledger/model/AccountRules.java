package dev.verdant.ledger.model;

import java.util.Objects;

/** Opening and updating accounts, rulebook section 3. */
final class AccountRules {
  /** A link that is given as 0 is given as none. */
  static final long NO_LINK = 0;

  private final State state;

  AccountRules(State state) {
    this.state = state;
  }

  void open(Command.OpenAccount open) {
    Refusal.unless(open.account() != 0, ModelStatus.INVALID_ID);
    Terms terms = open.terms();
    Account existing = state.accounts.get(open.account());
    if (existing != null) {
      Refusal.unless(isAsGiven(existing, open), ModelStatus.ID_CONFLICT);
      Refusal.unless(false, ModelStatus.DUPLICATE);
    }
    Account account = new Account(open.account(), open.kind());
    account.pool = pool(open);
    account.plan = plan(open);
    requirePoolAndPlan(account.pool, account.plan);
    requireRate(account, terms, open.kind() == Kind.MERCHANT);
    requireLinks(account, terms);
    set(account, terms);
    state.accounts.put(account.id, account);
  }

  private static int pool(Command.OpenAccount open) {
    if (open.terms().pool() != null) {
      return open.terms().pool();
    }
    return open.kind() == Kind.MERCHANT ? 2 : 1;
  }

  private static int plan(Command.OpenAccount open) {
    return open.terms().plan() == null ? 1 : open.terms().plan();
  }

  private static boolean isAsGiven(Account account, Command.OpenAccount open) {
    Terms terms = open.terms();
    return account.kind == open.kind()
        && account.pool == pool(open)
        && account.plan == plan(open)
        && Objects.equals(account.concessionBps, terms.concessionBps())
        && account.referrer == link(terms.referrer(), NO_LINK)
        && account.marketer == link(terms.marketer(), NO_LINK)
        && account.district == link(terms.district(), NO_LINK)
        && account.provincial == link(terms.provincial(), NO_LINK);
  }

  void update(Command.UpdateAccount update) {
    Account account = state.account(update.account());
    Refusal.unless(account.status != AccountState.CLOSED, ModelStatus.ACCOUNT_NOT_ACTIVE);
    Terms terms = update.terms();
    requirePoolAndPlan(
        terms.pool() == null ? account.pool : terms.pool(),
        terms.plan() == null ? account.plan : terms.plan());
    Refusal.unless(
        terms.referrer() == null
            || account.referrer == NO_LINK
            || account.referrer == terms.referrer(),
        ModelStatus.REFERRER_FIXED);
    requireRate(account, terms, false);
    requireLinks(account, terms);
    set(account, terms);
    if (update.status() != null) {
      account.status = update.status();
    }
  }

  private void requirePoolAndPlan(int pool, int plan) {
    Refusal.unless(state.program.pools.containsKey(pool), ModelStatus.POOL_NOT_FOUND);
    Refusal.unless(state.program.plans.containsKey(plan), ModelStatus.PLAN_NOT_FOUND);
  }

  private void requireRate(Account account, Terms terms, boolean isNeeded) {
    Integer rate = terms.concessionBps();
    if (account.kind == Kind.MERCHANT) {
      Refusal.unless(rate != null || !isNeeded, ModelStatus.INVALID_RATE);
      Refusal.unless(
          rate == null
              || (rate >= state.program.number("min_concession_bps")
                  && rate <= state.program.number("max_concession_bps")),
          ModelStatus.INVALID_RATE);
    } else {
      Refusal.unless(
          rate == null
              && link(terms.marketer(), NO_LINK) == NO_LINK
              && link(terms.district(), NO_LINK) == NO_LINK
              && link(terms.provincial(), NO_LINK) == NO_LINK,
          ModelStatus.WRONG_KIND);
    }
  }

  private void requireLinks(Account account, Terms terms) {
    requireLink(account, terms.referrer(), null);
    requireLink(account, terms.marketer(), Kind.MARKETER);
    requireLink(account, terms.district(), Kind.DISTRICT_AGENT);
    requireLink(account, terms.provincial(), Kind.PROVINCIAL_AGENT);
  }

  /** Checks a link where it is given; no kind stands for a consumer or a merchant. */
  private void requireLink(Account account, Long link, Kind kind) {
    if (link == null || link == NO_LINK) {
      return;
    }
    Refusal.unless(link != account.id, ModelStatus.SELF_REFERENCE);
    Account other = state.account(link);
    boolean fits = kind == null ? other.kind.isMember() : other.kind == kind;
    Refusal.unless(fits, ModelStatus.WRONG_KIND);
  }

  private static void set(Account account, Terms terms) {
    account.pool = orElse(terms.pool(), account.pool);
    account.plan = orElse(terms.plan(), account.plan);
    account.concessionBps = orElse(terms.concessionBps(), account.concessionBps);
    account.referrer = link(terms.referrer(), account.referrer);
    account.marketer = link(terms.marketer(), account.marketer);
    account.district = link(terms.district(), account.district);
    account.provincial = link(terms.provincial(), account.provincial);
  }

  private static long link(Long given, long current) {
    return given == null ? current : given;
  }

  private static <T> T orElse(T given, T current) {
    return given == null ? current : given;
  }
}
