package dev.verdant.ledger;

import dev.verdant.protocol.codec.AccountFieldsDecoder;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.OpenAccountDecoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.protocol.codec.UpdateAccountDecoder;

/** Opening and updating accounts (rulebook section 3). A flyweight. */
final class AccountRules {
  private static final int DEFAULT_POOL = 1;
  private static final int DEFAULT_MERCHANT_POOL = 2;
  private static final int DEFAULT_PLAN = 1;
  private static final int NO_RATE = 0;

  /** A link given as 0 is no link; an update takes the link away with it. */
  private static final long NONE = 0;

  private final LedgerState state;
  private final CatchUp catchUp;

  /** Slot of the command's account, 0 where it is not there. */
  int account;

  private long id;
  private int kind;
  private int pool;
  private int plan;
  private boolean hasRate;
  private int rateBps;
  private boolean hasReferrer;
  private long referrer;
  private boolean hasMarketer;
  private long marketer;
  private boolean hasDistrict;
  private long district;
  private boolean hasProvincial;
  private long provincial;

  AccountRules(LedgerState state, CatchUp catchUp) {
    this.state = state;
    this.catchUp = catchUp;
  }

  Status apply(OpenAccountDecoder open) {
    id = open.account();
    account = state.accounts.find(id);
    kind = open.kind().value();
    final boolean merchant = open.kind() == AccountKind.MERCHANT;
    final AccountFieldsDecoder fields = open.fields();
    pool = fields.pool() ? open.pool() : merchant ? DEFAULT_MERCHANT_POOL : DEFAULT_POOL;
    plan = fields.plan() ? open.plan() : DEFAULT_PLAN;
    hasRate = fields.concessionBps();
    rateBps = hasRate ? open.concessionBps() : NO_RATE;
    links(fields, open.referrer(), open.marketer(), open.district(), open.provincial());
    if (id == 0) {
      return Status.INVALID_ID;
    }
    if (account != 0) {
      return isAsGiven() ? Status.DUPLICATE : Status.ID_CONFLICT;
    }
    Status status = checkPoolAndPlan(true, true);
    if (status == Status.OK) {
      status = checkRateAndLinks(merchant, merchant || hasRate);
    }
    if (status == Status.OK) {
      open();
    }
    return status;
  }

  Status apply(UpdateAccountDecoder update) {
    id = update.account();
    account = state.accounts.find(id);
    if (account == 0) {
      return Status.ACCOUNT_NOT_FOUND;
    }
    final long a = state.accounts.read(account);
    final AccountFieldsDecoder fields = update.fields();
    kind = Accounts.kind(a);
    pool = update.pool();
    plan = update.plan();
    hasRate = fields.concessionBps();
    rateBps = update.concessionBps();
    links(fields, update.referrer(), update.marketer(), update.district(), update.provincial());
    if (Accounts.status(a) == Accounts.CLOSED) {
      return Status.ACCOUNT_NOT_ACTIVE;
    }
    Status status = checkPoolAndPlan(fields.pool(), fields.plan());
    if (status != Status.OK) {
      return status;
    }
    final int known = Accounts.referrer(a);
    if (hasReferrer && known != 0 && state.accounts.idOf(known) != referrer) {
      return Status.REFERRER_FIXED;
    }
    status = checkRateAndLinks(Accounts.isMerchant(a), hasRate);
    if (status == Status.OK) {
      update(update, fields);
    }
    return status;
  }

  private void links(
      AccountFieldsDecoder fields,
      long newReferrer,
      long newMarketer,
      long newDistrict,
      long newProvincial) {
    hasReferrer = fields.referrer();
    referrer = hasReferrer ? newReferrer : NONE;
    hasMarketer = fields.marketer();
    marketer = hasMarketer ? newMarketer : NONE;
    hasDistrict = fields.district();
    district = hasDistrict ? newDistrict : NONE;
    hasProvincial = fields.provincial();
    provincial = hasProvincial ? newProvincial : NONE;
  }

  private boolean isAsGiven() {
    final long a = state.accounts.read(account);
    return Accounts.kind(a) == kind
        && Accounts.pool(a) == pool
        && Accounts.plan(a) == plan
        && hasRate == Accounts.isMerchant(a)
        && Accounts.rateBps(a) == rateBps
        && state.accounts.idOf(Accounts.referrer(a)) == referrer
        && state.accounts.idOf(Accounts.marketer(a)) == marketer
        && state.accounts.idOf(Accounts.district(a)) == district
        && state.accounts.idOf(Accounts.provincial(a)) == provincial;
  }

  private Status checkPoolAndPlan(boolean hasPool, boolean hasPlan) {
    if (hasPool && state.pool(pool) == null) {
      return Status.POOL_NOT_FOUND;
    }
    return hasPlan && !state.hasPlan(plan) ? Status.PLAN_NOT_FOUND : Status.OK;
  }

  private Status checkRateAndLinks(boolean merchant, boolean checkRate) {
    if (merchant) {
      if (checkRate
          && (rateBps < state.program.minConcessionBps
              || rateBps > state.program.maxConcessionBps)) {
        return Status.INVALID_RATE;
      }
    } else if (checkRate || (marketer | district | provincial) != NONE) {
      return Status.WRONG_KIND;
    }
    Status status = checkReferrer();
    if (status == Status.OK) {
      status = checkAgent(marketer, Accounts.MARKETER_KIND);
    }
    if (status == Status.OK) {
      status = checkAgent(district, Accounts.DISTRICT_KIND);
    }
    if (status == Status.OK) {
      status = checkAgent(provincial, Accounts.PROVINCIAL_KIND);
    }
    return status;
  }

  private Status checkReferrer() {
    if (referrer == NONE) {
      return Status.OK;
    }
    if (referrer == id) {
      return Status.SELF_REFERENCE;
    }
    final int slot = state.accounts.find(referrer);
    if (slot == 0) {
      return Status.ACCOUNT_NOT_FOUND;
    }
    final long r = state.accounts.read(slot);
    return Accounts.isConsumer(r) || Accounts.isMerchant(r) ? Status.OK : Status.WRONG_KIND;
  }

  private Status checkAgent(long agent, int agentKind) {
    if (agent == NONE) {
      return Status.OK;
    }
    if (agent == id) {
      return Status.SELF_REFERENCE;
    }
    final int slot = state.accounts.find(agent);
    if (slot == 0) {
      return Status.ACCOUNT_NOT_FOUND;
    }
    return Accounts.kind(state.accounts.read(slot)) == agentKind ? Status.OK : Status.WRONG_KIND;
  }

  private void open() {
    account = state.accounts.add(id);
    final long a = state.accounts.write(account);
    Accounts.kind(a, kind);
    Accounts.status(a, Accounts.ACTIVE);
    Accounts.pool(a, pool);
    Accounts.plan(a, plan);
    Accounts.rateBps(a, rateBps);
    Accounts.month(a, state.month);
    Accounts.run(a, state.run);
    setLinks(a);
  }

  private void update(UpdateAccountDecoder update, AccountFieldsDecoder fields) {
    catchUp.bring(account);
    final long a = state.accounts.write(account);
    if (fields.pool()) {
      Accounts.pool(a, pool);
    }
    if (fields.plan()) {
      Accounts.plan(a, plan);
    }
    if (hasRate) {
      Accounts.rateBps(a, rateBps);
    }
    if (fields.status()) {
      Accounts.status(a, update.status().value());
    }
    setLinks(a);
  }

  private void setLinks(long a) {
    if (hasReferrer) {
      Accounts.referrer(a, slotOf(referrer));
    }
    if (hasMarketer) {
      Accounts.marketer(a, slotOf(marketer));
    }
    if (hasDistrict) {
      Accounts.district(a, slotOf(district));
    }
    if (hasProvincial) {
      Accounts.provincial(a, slotOf(provincial));
    }
  }

  private int slotOf(long link) {
    return link == NONE ? 0 : state.accounts.find(link);
  }
}
