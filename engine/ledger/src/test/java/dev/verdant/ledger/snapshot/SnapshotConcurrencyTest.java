package dev.verdant.ledger.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.model.Command;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A writer that never waits, readers that compute digests of what it leaves behind. */
class SnapshotConcurrencyTest extends LeakGuarded {
  private static final int COMMANDS = 40_000;
  private static final int CUT_EVERY = 1_000;
  private static final int READERS = 2;

  @Test
  void shouldGiveEveryReaderTheExactDigestWhileTheWriterRunsOn() throws Exception {
    final List<Command> commands = BusyDays.commands(2, COMMANDS);
    final Map<Long, BigInteger> expected = expectedDigests(commands);
    final ExecutorService readers = Executors.newFixedThreadPool(READERS);
    final List<Future<Map.Entry<Long, BigInteger>>> answers = new ArrayList<>();
    try (LedgerDriver live = new LedgerDriver()) {
      for (int i = 0; i < COMMANDS; i++) {
        live.apply(commands.get(i));
        if (i % CUT_EVERY == 0) {
          final LedgerSnapshot snapshot = live.openSnapshot();
          final LedgerSnapshot fork = snapshot.fork();
          answers.add(readers.submit(() -> digestTwice(snapshot)));
          answers.add(readers.submit(() -> digestTwice(fork)));
        }
      }
      for (final Future<Map.Entry<Long, BigInteger>> answer : answers) {
        final Map.Entry<Long, BigInteger> digest = answer.get(5, TimeUnit.MINUTES);
        assertThat(digest.getValue())
            .as("digest of sequence %d", digest.getKey())
            .isEqualTo(expected.get(digest.getKey()));
      }
      assertThat(answers).hasSize(2 * COMMANDS / CUT_EVERY);
      for (int i = 0; i < COMMANDS && live.keptForSnapshotsBytes() > 0; i++) {
        live.reclaim();
      }
      assertThat(live.keptForSnapshotsBytes()).isZero();
    } finally {
      readers.shutdown();
      assertThat(readers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static Map.Entry<Long, BigInteger> digestTwice(LedgerSnapshot snapshot) {
    try (snapshot) {
      final BigInteger digest = Expected.digest(snapshot);
      assertThat(Expected.digest(snapshot)).isEqualTo(digest);
      return Map.entry(snapshot.sequence(), digest);
    }
  }

  private static Map<Long, BigInteger> expectedDigests(List<Command> commands) {
    final Map<Long, BigInteger> digests = new HashMap<>();
    try (LedgerDriver plain = new LedgerDriver()) {
      for (int i = 0; i < COMMANDS; i++) {
        plain.apply(commands.get(i));
        if (i % CUT_EVERY == 0) {
          digests.put(plain.sequence(), plain.digest());
        }
      }
    }
    return digests;
  }
}
