package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.request.Query;
import dev.verdant.client.request.Request;
import dev.verdant.client.result.DigestResult;
import dev.verdant.client.result.Reply;
import dev.verdant.client.result.Result;
import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.ledger.Ledger;
import dev.verdant.memory.Memory;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real ledger and its journal, with real commands. */
class DataDirectoryTest {
  private static final int BATCH = 13;

  @TempDir Path directory;
  private final UnsafeBuffer batch = new UnsafeBuffer(new byte[64 * 1024]);
  private final UnsafeBuffer query = new UnsafeBuffer(new byte[64]);
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_QUERY_REPLY_LENGTH]);
  private final Map<Status, Integer> outcomes = new EnumMap<>(Status.class);
  private long offHeapBytesBefore;

  @BeforeEach
  void noteOffHeapBytes() {
    offHeapBytesBefore = Memory.totalAllocatedBytes();
  }

  @AfterEach
  void requireOffHeapBytesFreed() {
    assertThat(Memory.totalAllocatedBytes()).isEqualTo(offHeapBytesBefore);
  }

  private DataDirectory open(Durability durability) throws IOException {
    return DataDirectory.open(directory, TestOptions.small(), durability);
  }

  /** Keeps the next batch and applies it. */
  private void trade(DataDirectory data) {
    final long first = data.ledger().sequence() + 1;
    data.journal().append(first, BATCH, batch, 0, Trade.encode(first, BATCH, batch));
    data.journal().force();
    apply(data.ledger());
  }

  private void apply(Ledger ledger) {
    final long first = ledger.sequence() + 1;
    Trade.encode(first, BATCH, batch);
    int at = 0;
    for (long sequence = first; sequence < first + BATCH; sequence++) {
      final int length = CommandBatch.messageLength(batch, at);
      final int message = at + CommandBatch.LENGTH_PREFIX;
      final int replyLength = ledger.apply(sequence, batch, message, length, reply, 0);
      outcomes.merge(answer(Trade.command(sequence), replyLength).status(), 1, Integer::sum);
      at += CommandBatch.encodedLength(length);
    }
  }

  private <R extends Result> R answer(Request<R> request, int length) {
    return request.decode(new Reply().wrap(reply, 0, length, false));
  }

  private DigestResult digest(Ledger ledger) {
    final Query.Digest request = new Query.Digest();
    return answer(request, ledger.query(query, 0, request.encode(query, 0, 1), reply, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"WRITTEN", "SYNCED"})
  void shouldRebuildTheLedgerAcrossGenerationsAsIfItHadNeverStopped(Durability durability)
      throws IOException {
    final int generations = 5;
    final int batches = 15;
    try (Ledger neverStopped = new Ledger()) {
      for (int generation = 0; generation < generations; generation++) {
        try (DataDirectory data = open(durability)) {
          assertThat(data.recovery().commands()).isEqualTo((long) generation * batches * BATCH);
          assertThat(data.ledger().sequence()).isEqualTo(neverStopped.sequence());
          assertThat(digest(data.ledger())).isEqualTo(digest(neverStopped));
          for (int i = 0; i < batches; i++) {
            trade(data);
          }
        }
        outcomes.clear();
        for (int i = 0; i < batches; i++) {
          apply(neverStopped);
        }
      }
      assertThat(neverStopped.sequence()).isEqualTo(975);
      assertThat(outcomes).containsKeys(Status.OK, Status.DUPLICATE, Status.ACCOUNT_NOT_FOUND);
      try (DataDirectory data = open(durability)) {
        assertThat(digest(data.ledger())).isEqualTo(digest(neverStopped));
      }
    }
  }

  @Test
  void shouldAnswerDuplicateForWhatHadBeenKept() throws IOException {
    final long order = 16;
    try (DataDirectory data = open(Durability.WRITTEN)) {
      trade(data);
      trade(data);
      assertThat(outcomes).containsEntry(Status.DUPLICATE, 1);
    }
    try (DataDirectory data = open(Durability.WRITTEN)) {
      final Ledger ledger = data.ledger();
      final Request<?> again = Trade.command(order);
      final int length = again.encode(batch, 0, 1);
      final int replyLength = ledger.apply(ledger.sequence() + 1, batch, 0, length, reply, 0);
      assertThat(answer(again, replyLength).status()).isEqualTo(Status.DUPLICATE);
    }
  }

  @Test
  void shouldFreeTheLedgerWhenTheJournalIsDamaged() throws IOException {
    try (DataDirectory data = open(Durability.WRITTEN)) {
      trade(data);
    }
    Files.delete(JournalFiles.segments(directory).get(0));
    assertThatThrownBy(() -> open(Durability.WRITTEN))
        .isInstanceOf(JournalDamagedException.class)
        .hasMessageContaining("acknowledged up to 13");
  }

  @Test
  void shouldLeaveTheOwnerAloneWhenOpenedTwice() throws IOException {
    try (DataDirectory owner = open(Durability.WRITTEN)) {
      trade(owner);
      assertThatThrownBy(() -> open(Durability.WRITTEN))
          .isInstanceOf(DataDirectoryInUseException.class);
      trade(owner);
    }
    try (DataDirectory data = open(Durability.WRITTEN)) {
      assertThat(data.ledger().sequence()).isEqualTo(2 * BATCH);
    }
  }

  @Test
  void shouldGiveBackLockAndMappingsWhenTheQueueCannotBeMade() throws IOException {
    final Path inTheWay = Files.createFile(directory.resolve("journal"));
    assertThatThrownBy(() -> open(Durability.WRITTEN))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(maps()).isEmpty();
    Files.delete(inTheWay);
    try (DataDirectory data = open(Durability.WRITTEN)) {
      trade(data);
      assertThat(data.journal().lastSequence()).isEqualTo(BATCH);
    }
  }

  /** Of files of the directory; those of other tests go whenever garbage is collected. */
  private List<String> maps() throws IOException {
    final String ours = directory.toRealPath().toString();
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(map -> map.contains(ours)).toList();
    }
  }
}
