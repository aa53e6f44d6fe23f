package dev.verdant.ledger.property;

import dev.verdant.ledger.model.AccountState;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.Terms;
import java.util.List;

/** Accounts opened again, changed, frozen, closed and linked to the wrong kind. */
final class AccountCommands {
  private final Dice dice;
  private final World world;
  private Command.OpenAccount lastOpened;

  AccountCommands(Dice dice, World world) {
    this.dice = dice;
    this.world = world;
  }

  /** Any account, of any kind; sometimes one that is not there. */
  long anyAccount() {
    return dice.percent(10) ? dice.oneOf(0L, 99L, -7L) : dice.oneOf(dice.oneOf(all()));
  }

  private List<List<Long>> all() {
    return List.of(
        world.consumers, world.merchants, world.marketers, world.districts, world.provincials);
  }

  Command open(long time) {
    if (lastOpened != null && dice.percent(40)) {
      return new Command.OpenAccount(
          time,
          lastOpened.account(),
          dice.percent(80) ? lastOpened.kind() : dice.oneOf(Kind.values()),
          dice.percent(80) ? lastOpened.terms() : terms());
    }
    Kind kind = dice.percent(60) ? Kind.CONSUMER : dice.oneOf(Kind.values());
    long id = dice.percent(70) ? dice.between(1L, 12L) : anyAccount();
    lastOpened = new Command.OpenAccount(time, id, kind, dice.percent(40) ? good(kind) : terms());
    return lastOpened;
  }

  private Terms good(Kind kind) {
    Integer rate = kind == Kind.MERCHANT ? Integer.valueOf(dice.oneOf(300, 2000)) : null;
    return new Terms(null, null, rate, world.maybe(world.merchants, 50), null, null, null);
  }

  /** Terms with a good chance of a mistake. */
  private Terms terms() {
    return new Terms(
        dice.percent(70) ? null : Integer.valueOf(dice.between(0, 5)),
        dice.percent(70) ? null : Integer.valueOf(dice.between(0, 6)),
        dice.percent(60) ? null : dice.oneOf(-1, 0, 1, 300, 2000, 10_000, 10_001),
        dice.percent(70) ? null : Long.valueOf(anyAccount()),
        dice.percent(80) ? null : link(world.marketers),
        dice.percent(80) ? null : link(world.districts),
        dice.percent(80) ? null : link(world.provincials));
  }

  private long link(List<Long> ids) {
    return dice.percent(70) ? dice.oneOf(ids) : anyAccount();
  }

  Command update(long time) {
    int choice = dice.between(0, 9);
    long account = anyAccount();
    if (choice < 4) {
      return new Command.UpdateAccount(time, account, Terms.NONE, status());
    } else if (choice < 7) {
      Terms move = new Terms(dice.between(1, 3), dice.between(1, 4), null, null, null, null, null);
      return new Command.UpdateAccount(time, account, move, null);
    }
    return new Command.UpdateAccount(time, account, terms(), dice.percent(80) ? null : status());
  }

  /** Mostly active again, so that a list does not die out; seldom closed. */
  private AccountState status() {
    return dice.percent(4)
        ? AccountState.CLOSED
        : dice.percent(35) ? AccountState.FROZEN : AccountState.ACTIVE;
  }
}
