package dev.verdant.journal.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.TransactionId;
import dev.verdant.journal.JournalDirectory;
import dev.verdant.journal.Orders;
import dev.verdant.journal.TestOptions;
import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.journal.log.Batches;
import dev.verdant.journal.log.Check;
import dev.verdant.journal.scan.RecoveryDecision;
import dev.verdant.journal.scan.SegmentSummary;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalInspectionTest {
  private static final long TIME_MILLIS = 1_735_689_600_000L;

  @TempDir Path directory;
  private final Orders orders = new Orders();
  private final UnsafeBuffer batch = new UnsafeBuffer(new byte[4096]);

  private JournalDirectory open() throws IOException {
    return JournalDirectory.open(
        directory, TestOptions.small(), Durability.WRITTEN, (sequence, buffer, at, length) -> {});
  }

  /** Three segments in two generations: commands 1 to 20, 21 to 30, 31 to 33. */
  private void write() throws IOException {
    try (JournalDirectory opened = open()) {
      orders.append(opened.journal(), 4, 5);
      opened.journal().roll();
      orders.append(opened.journal(), 1, 10);
    }
    try (JournalDirectory opened = open()) {
      orders.append(opened.journal(), 1, 3);
    }
  }

  @Test
  void shouldListSegmentsWithSequencesTimesBatchesAndBytes() throws IOException {
    write();
    final JournalInspection inspection = JournalInspection.of(directory);
    assertThat(inspection.segments())
        .containsExactly(
            segment("00000001/19700101L.cq4", 1, 20, 4),
            segment("00000001/19700102L.cq4", 21, 30, 1),
            segment("00000002/19700101L.cq4", 31, 33, 1));
    assertThat(inspection.segments().get(2).generation()).isEqualTo(Path.of("00000002"));
    assertThat(inspection.segments())
        .extracting(SegmentSummary::commands)
        .containsExactly(20L, 10L, 3L);
    assertThat(inspection.segmentOf(20)).contains(inspection.segments().get(0));
    assertThat(inspection.segmentOf(34)).isEmpty();
    assertThat(inspection.journal()).isEqualTo(JournalVerifier.verify(directory, new Orders()));
    assertThat(inspection.decision()).isEqualTo(RecoveryDecision.CONTINUE);
    assertThat(inspection.acknowledgedSequence()).contains(33L);
    assertThat(inspection.command()).isEmpty();
  }

  private SegmentSummary segment(String name, long first, long last, long batches)
      throws IOException {
    final Path file = Path.of("journal", name);
    final long bytes = batches * Batches.HEADER_LENGTH + (last - first + 1) * 80;
    return new SegmentSummary(
        file,
        Files.size(directory.resolve(file)),
        first,
        last,
        Orders.timeMillis(first),
        Orders.timeMillis(last),
        batches,
        bytes);
  }

  @Test
  void shouldShowWhatIsThereUpToTheDamage() throws IOException {
    write();
    Files.delete(directory.resolve("journal/00000001/19700102L.cq4"));
    final JournalInspection inspection = JournalInspection.of(directory, 31);
    assertThat(inspection.segments()).hasSize(2);
    assertThat(inspection.segments().get(0)).isEqualTo(segment("00000001/19700101L.cq4", 1, 20, 4));
    assertThat(inspection.segments().get(1).commands()).isZero();
    assertThat(inspection.decision()).isEqualTo(RecoveryDecision.REFUSE);
    assertThat(inspection.journal().fault().orElseThrow().check()).isEqualTo(Check.SEQUENCE);
    assertThat(inspection.command()).isEmpty();
  }

  @Test
  void shouldShowAnEmptyDirectory() throws IOException {
    final JournalInspection inspection = JournalInspection.of(directory);
    assertThat(inspection.segments()).isEmpty();
    assertThat(inspection.decision()).isEqualTo(RecoveryDecision.START_FRESH);
    assertThat(inspection.acknowledgedSequence()).isEmpty();
  }

  @Test
  void shouldRefuseADirectoryInUse() throws IOException {
    try (JournalDirectory owner = open()) {
      assertThatThrownBy(() -> JournalInspection.of(directory))
          .isInstanceOf(DataDirectoryInUseException.class);
      assertThat(owner.journal().lastSequence()).isZero();
    }
  }

  @Test
  void shouldFindACommandWithTheMessageThatWasJournaled() throws IOException {
    final Request<?> request =
        OrderRequest.of(new TransactionId(5, -1), -2, 3, 1_000).withCoupon(40).at(TIME_MILLIS);
    final int length = request.encode(batch, CommandBatch.LENGTH_PREFIX, 77);
    batch.putInt(0, length, ByteOrder.LITTLE_ENDIAN);
    try (JournalDirectory opened = open()) {
      opened.journal().append(1, 1, batch, 0, CommandBatch.encodedLength(length));
    }

    final JournaledCommand order = JournalInspection.of(directory, 1).command().orElseThrow();
    assertThat(order.sequence()).isEqualTo(1);
    assertThat(order.timeMillis()).isEqualTo(TIME_MILLIS);
    assertThat(order.message())
        .isEqualTo(new UnsafeBuffer(batch, CommandBatch.LENGTH_PREFIX, length));
    assertThat(JournalInspection.of(directory, 2).command()).isEqualTo(Optional.empty());
  }
}
