package dev.verdant.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.BlockingVerdantClient;
import dev.verdant.client.VerdantClient;
import dev.verdant.client.request.AccountFilter;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.Query;
import dev.verdant.client.request.UpdateAccountRequest;
import dev.verdant.client.request.View;
import dev.verdant.client.result.AccountState;
import dev.verdant.client.result.AccountsQueryResult;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page, range and filter of accounts against the list of what was opened. */
class AccountsQueryTest {
  /** In ascending order, unsigned. */
  private static final long[] IDS = {
    1, 2, 3, 5, 8, 13, 21, 34, 55, 89, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1
  };

  private static final long[] BOUNDS = {0, 1, 4, 13, 14, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1};

  private static final List<AccountKind> KINDS =
      List.of(
          AccountKind.NULL_VAL,
          AccountKind.CONSUMER,
          AccountKind.MARKETER,
          AccountKind.PROVINCIAL_AGENT);

  private static final List<AccountStatus> STATUSES =
      List.of(
          AccountStatus.NULL_VAL, AccountStatus.ACTIVE, AccountStatus.FROZEN, AccountStatus.CLOSED);

  @TempDir private Path directory;

  private static AccountKind kindOf(int index) {
    return index % 3 == 0 ? AccountKind.MARKETER : AccountKind.CONSUMER;
  }

  private static AccountStatus statusOf(int index) {
    return index % 4 == 1 ? AccountStatus.FROZEN : AccountStatus.ACTIVE;
  }

  @Test
  void shouldFindExactlyTheAccountsOfEveryRangeAndFilterAtEveryPageSize() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.launch(directory);
        VerdantClient client = VerdantClient.connect(server.attentiveClient())) {
      open(client.blocking());
      for (final long from : BOUNDS) {
        for (final long to : BOUNDS) {
          for (int i = 0; i < KINDS.size() * STATUSES.size(); i++) {
            final AccountFilter filter =
                new AccountFilter(
                    to, KINDS.get(i / STATUSES.size()), STATUSES.get(i % STATUSES.size()));
            final int pageSize = 1 + i % 5;
            assertThat(read(client.blocking(), from, filter, pageSize))
                .as("from %d, %s, by %d", from, filter, pageSize)
                .isEqualTo(expected(from, filter));
          }
        }
      }
      assertThat(server.engine().openSnapshots()).isZero();
    }
  }

  private static void open(BlockingVerdantClient client) {
    // Opened in another order than that of their ids.
    for (int step = 0; step < IDS.length; step++) {
      final int index = step * 5 % IDS.length;
      client.openAccount(OpenAccountRequest.of(IDS[index], kindOf(index)));
      client.updateAccount(UpdateAccountRequest.of(IDS[index], statusOf(index)));
    }
  }

  private static List<Long> expected(long from, AccountFilter filter) {
    final List<Long> ids = new ArrayList<>();
    for (int i = 0; i < IDS.length; i++) {
      if (Long.compareUnsigned(IDS[i], from) >= 0
          && Long.compareUnsigned(IDS[i], filter.toAccount()) <= 0
          && (filter.kind() == AccountKind.NULL_VAL || filter.kind() == kindOf(i))
          && (filter.status() == AccountStatus.NULL_VAL || filter.status() == statusOf(i))) {
        ids.add(IDS[i]);
      }
    }
    return ids;
  }

  private static List<Long> read(
      BlockingVerdantClient client, long from, AccountFilter filter, int pageSize) {
    final List<Long> ids = new ArrayList<>();
    View view = View.now();
    long next = from;
    boolean more = true;
    while (more) {
      final AccountsQueryResult page =
          client.call(new Query.Accounts(next, pageSize, filter, view));
      assertThat(page.accepted()).isTrue();
      assertThat(page.sequence()).isEqualTo(2L * IDS.length);
      assertThat(page.accounts()).hasSizeLessThanOrEqualTo(pageSize);
      page.accounts().stream().map(AccountState::account).forEach(ids::add);
      view = View.of(page.sequence());
      next = page.nextAccount();
      more = page.more();
    }
    return ids;
  }
}
