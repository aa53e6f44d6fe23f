package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountDirectoryTest extends LeakGuarded {
  private static final int RUN = 7;

  private final Memory memory = new Memory();
  private final Accounts accounts = new Accounts(memory);
  private final AccountDirectory directory = new AccountDirectory(accounts, RUN);
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Long> opened = new ArrayList<>();

  @AfterEach
  void closeMemory() {
    memory.close();
  }

  @Test
  void shouldWalkInUnsignedOrderHoweverManyRunsThereAre() {
    assertThat(walkFrom(0)).isEmpty();
    for (int count = 0; count < 5 * RUN; count++) {
      open(random.nextLong());
      assertThat(walkFrom(0)).isEqualTo(openedFrom(0));
    }
  }

  @Test
  void shouldBeginWithTheFirstIdThatIsNotSmaller() {
    for (int count = 0; count < 5 * RUN; count++) {
      open(random.nextLong());
    }
    for (final long id : List.copyOf(opened)) {
      assertThat(walkFrom(id)).isEqualTo(openedFrom(id));
      assertThat(walkFrom(id + 1)).isEqualTo(openedFrom(id + 1));
    }
    assertThat(walkFrom(-1)).isEqualTo(openedFrom(-1));
  }

  private void open(long id) {
    accounts.add(id);
    opened.add(id);
  }

  private List<Long> openedFrom(long id) {
    return opened.stream()
        .filter(other -> Long.compareUnsigned(other, id) >= 0)
        .sorted(Long::compareUnsigned)
        .toList();
  }

  /** Ids of a walk, each found in its slot. */
  private List<Long> walkFrom(long id) {
    final List<Long> ids = new ArrayList<>();
    final AccountDirectory.Walk walk = directory.from(id);
    while (walk.hasNext()) {
      ids.add(walk.id());
      assertThat(accounts.idOf(walk.next())).isEqualTo(ids.get(ids.size() - 1));
    }
    return ids;
  }
}
