package dev.verdant.ledger.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.model.AccountView;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.Terms;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The digest is a function of the commands, not of who was touched when. */
class DigestPropertyTest extends LeakGuarded {
  private static final int LISTS = 150;

  @Test
  void shouldHaveTheSameDigestAfterEveryCommandWhenTheListIsReplayed() {
    for (long seed = 1; seed <= LISTS; seed++) {
      List<Command> commands = CommandLists.of(seed);
      try (LedgerDriver live = new LedgerDriver();
          LedgerDriver replayed = new LedgerDriver()) {
        for (Command command : commands) {
          live.apply(command);
          replayed.apply(command);
          assertThat(replayed.digest())
              .as("seed %d, after %s", seed, command)
              .isEqualTo(live.digest());
        }
      }
    }
  }

  @Test
  void shouldHaveTheSameDigestWhenAccountsAreReadInBetween() {
    for (long seed = 1; seed <= LISTS; seed++) {
      List<Command> commands = CommandLists.of(seed);
      Random random = new Random(seed);
      try (LedgerDriver read = new LedgerDriver();
          LedgerDriver unread = new LedgerDriver()) {
        for (Command command : commands) {
          read.apply(command);
          unread.apply(command);
          List<AccountView> accounts = read.accounts();
          if (!accounts.isEmpty()) {
            AccountView any = accounts.get(random.nextInt(accounts.size()));
            assertThat(read.account(any.account())).isEqualTo(any);
          }
        }
        assertThat(read.digest()).as("seed %d", seed).isEqualTo(unread.digest());
      }
    }
  }

  @Test
  void shouldHaveTheSameDigestWhateverTheOrderInWhichAccountsAreTouched() {
    for (long seed = 1; seed <= LISTS; seed++) {
      List<Command> commands = CommandLists.of(seed);
      BigInteger ascending = digestWithTouches(commands, null);
      assertThat(digestWithTouches(commands, new Random(seed)))
          .as("seed %d", seed)
          .isEqualTo(ascending);
    }
  }

  /** Touches every account after each fourth command with an update that changes nothing. */
  private static BigInteger digestWithTouches(List<Command> commands, Random shuffle) {
    try (LedgerDriver ledger = new LedgerDriver()) {
      for (int i = 0; i < commands.size(); i++) {
        ledger.apply(commands.get(i));
        if (i % 4 == 3) {
          List<AccountView> accounts = new ArrayList<>(ledger.accounts());
          if (shuffle != null) {
            Collections.shuffle(accounts, shuffle);
          }
          for (AccountView account : accounts) {
            ledger.apply(
                new Command.UpdateAccount(
                    ledger.timeMillis(), account.account(), Terms.NONE, null));
          }
        }
      }
      return ledger.digest();
    }
  }
}
