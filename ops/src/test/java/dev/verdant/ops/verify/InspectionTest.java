package dev.verdant.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.TransactionId;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.Retention;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.ops.drill.ground.SegmentFile;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.InProcessSession;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.Durability;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
  private static final long TIME_MILLIS = 1_735_689_600_000L;
  private static final int DEADLINE_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @FunctionalInterface
  private interface Part {
    void write(Inspection inspection) throws IOException;
  }

  /** Two starts: an account opened in the first, an order refused in the second. */
  private void write() throws IOException {
    openAnAccount();
    orderOnce();
  }

  private void openAnAccount() throws IOException {
    try (InProcessSession session = InProcessSession.open(directory)) {
      new Exchange(session.connection(), 1, DEADLINE_SECONDS)
          .call(OpenAccountRequest.of(7, AccountKind.CONSUMER).at(TIME_MILLIS));
    }
  }

  private void orderOnce() throws IOException {
    try (InProcessSession session = InProcessSession.open(directory)) {
      new Exchange(session.connection(), 1, DEADLINE_SECONDS)
          .call(OrderRequest.of(TransactionId.of(-1), 7, 8, 900).at(TIME_MILLIS + 1));
    }
  }

  private List<JsonNode> lines(Part part) throws IOException {
    return lines(directory, part);
  }

  private static List<JsonNode> lines(Path data, Part part) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonLines out = new JsonLines(bytes)) {
      part.write(new Inspection(data, out));
    }
    List<JsonNode> lines = new ArrayList<>();
    for (String line : bytes.toString(StandardCharsets.UTF_8).lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void shouldPrintALineForEachFileAndOneForTheWhole() throws IOException {
    write();
    List<JsonNode> lines = lines(Inspection::writeJournal);
    assertThat(lines).hasSize(3);
    for (int i = 0; i < 2; i++) {
      JsonNode segment = lines.get(i);
      Path file = Path.of("journal", "0000000" + (i + 1), "19700101L.cq4");
      assertThat(segment.get("file").asText()).isEqualTo(file.toString());
      assertThat(segment.get("generation").asText()).isEqualTo("0000000" + (i + 1));
      assertThat(segment.get("file_bytes").asLong()).isEqualTo(Files.size(directory.resolve(file)));
      assertThat(segment.get("commands").asLong()).isEqualTo(1);
      assertThat(segment.get("first_sequence").asLong()).isEqualTo(i + 1);
      assertThat(segment.get("last_sequence").asLong()).isEqualTo(i + 1);
      assertThat(segment.get("first_time").asText()).startsWith("2025-01-01T00:00:00");
      assertThat(segment.get("last_time")).isEqualTo(segment.get("first_time"));
      assertThat(segment.get("batches").asLong()).isEqualTo(1);
    }
    JsonNode whole = lines.get(2);
    assertThat(whole.get("segments").asLong()).isEqualTo(2);
    assertThat(whole.get("commands").asLong()).isEqualTo(2);
    assertThat(whole.get("last_sequence").asLong()).isEqualTo(2);
    assertThat(whole.get("acknowledged_sequence").asLong()).isEqualTo(2);
    assertThat(whole.get("bytes").asLong())
        .isEqualTo(lines.get(0).get("bytes").asLong() + lines.get(1).get("bytes").asLong());
    assertThat(whole.get("sound").asBoolean()).isTrue();
    assertThat(whole.get("next_start").asText()).isEqualTo("CONTINUE");
    assertThat(whole.has("fault")).isFalse();
  }

  @Test
  void shouldNameASnapshotByItsPlaceHoweverTheDirectoryIsGiven() throws IOException {
    write();
    Path snapshot = Path.of("snapshots", "00000000000000000002");
    Files.createDirectories(directory.resolve(snapshot));
    Path relative = Path.of("").toAbsolutePath().relativize(directory.toAbsolutePath());
    for (Path data : List.of(directory, relative)) {
      JsonNode line = lines(data, Inspection::writeJournal).get(2);
      assertThat(line.get("snapshot").asText()).isEqualTo(snapshot.toString());
    }
  }

  @Test
  void shouldNameTheFaultOfADamagedDirectory() throws IOException {
    write();
    Files.delete(directory.resolve("journal/00000001/19700101L.cq4"));
    List<JsonNode> lines = lines(Inspection::writeJournal);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).get("commands").asLong()).isZero();
    assertThat(lines.get(0).has("first_sequence")).isFalse();
    assertThat(lines.get(1).get("sound").asBoolean()).isFalse();
    assertThat(lines.get(1).get("next_start").asText()).isEqualTo("REFUSE");
    assertThat(lines.get(1).get("fault").asText()).startsWith("sequence 1, ").contains("SEQUENCE");
  }

  @Test
  void shouldCountWhatCameAtTheMomentItselfAndNothingLater() throws IOException {
    write();
    assertThat(sequenceAt(TIME_MILLIS)).isEqualTo(1);
    assertThat(sequenceAt(TIME_MILLIS + 1)).isEqualTo(2);
    assertThat(sequenceAt(Limits.MAX_TIME_MILLIS)).isEqualTo(2);
  }

  private long sequenceAt(long timeMillis) throws IOException {
    return lines(inspection -> inspection.writeCommandAt(Instant.ofEpochMilli(timeMillis)))
        .get(0)
        .get("sequence")
        .asLong();
  }

  @Test
  void shouldNotTakeTheLastGoodCommandForTheLastOfAMomentWhereLaterOnesAreDamaged()
      throws IOException {
    write();
    damageTheSecondFile();
    assertThatThrownBy(() -> sequenceAt(TIME_MILLIS + 1))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is 1, but the journal is damaged behind it: sequence 2, ");
  }

  private void damageTheSecondFile() throws IOException {
    SegmentFile second = SegmentFile.ofDirectory(directory).get(1);
    byte[] bytes = Files.readAllBytes(second.path());
    bytes[(int) second.batches().get(0).end() - 1] ^= 1;
    Files.write(second.path(), bytes);
  }

  private void takeSnapshot() throws IOException {
    try (DataDirectory opened =
        DataDirectory.open(
            directory,
            new JournalOptions(),
            Retention.DEFAULT.withWholeJournal(true),
            Durability.WRITTEN)) {
      opened.takeSnapshot();
    }
  }

  @Test
  void shouldTellOfDamageBehindTheMomentThoughASnapshotHoldsWhatIsDamaged() throws IOException {
    write();
    takeSnapshot();
    damageTheSecondFile();
    assertThat(lines(Inspection::writeJournal)).last().matches(InspectionTest::sound);
    assertThatThrownBy(() -> sequenceAt(TIME_MILLIS + 1))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is 1, but the journal is damaged behind it: sequence 2, ");
  }

  @Test
  void shouldTellOfASnapshotThatIsNewerThanTheJournalsEnd() throws IOException {
    // As a loss of power may leave it with written: only the snapshot was forced.
    openAnAccount();
    Path record = directory.resolve("acknowledged");
    byte[] acknowledged = Files.readAllBytes(record);
    orderOnce();
    takeSnapshot();
    Files.delete(SegmentFile.ofDirectory(directory).get(1).path());
    Files.write(record, acknowledged);
    assertThat(lines(Inspection::writeJournal)).last().matches(InspectionTest::sound);
    assertThatThrownBy(() -> sequenceAt(TIME_MILLIS + 1))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is 1, but the journal ends there, before its snapshot ");
  }

  @Test
  void shouldTellASnapshotOfAnotherLedgerByBothIds(@TempDir Path other) throws IOException {
    Path own = directory;
    directory = other;
    write();
    takeSnapshot();
    directory = own;
    openAnAccount();
    Path snapshot = Path.of("snapshots", "00000000000000000002");
    Files.createDirectory(own.resolve("snapshots"));
    Files.move(other.resolve(snapshot), own.resolve(snapshot));

    List<JsonNode> lines = lines(Inspection::writeJournal);
    assertThat(lines).hasSize(3);
    String foreign = lines.get(1).get("ledger").asText();
    String ours = lines.get(2).get("ledger").asText();
    assertThat(foreign).isNotEqualTo(ours);
    assertThat(Files.readString(own.resolve("ledger-id"))).startsWith(ours);
    assertThat(lines.get(1).get("fault").asText())
        .contains("check LEDGER")
        .contains("it is of " + foreign + ", the directory of " + ours);
    assertThat(lines.get(2).get("next_start").asText()).isEqualTo("CONTINUE");
    assertThat(lines.get(2).get("last_sequence").asLong()).isEqualTo(1);
  }

  private static boolean sound(JsonNode whole) {
    return whole.get("sound").asBoolean();
  }

  @Test
  void shouldNotTakeTheCommandBeforeAGapForTheLastOfAMoment() throws IOException {
    write();
    takeSnapshot();
    try (InProcessSession session = InProcessSession.open(directory)) {
      new Exchange(session.connection(), 1, DEADLINE_SECONDS)
          .call(OpenAccountRequest.of(9, AccountKind.CONSUMER).at(TIME_MILLIS + 2));
    }
    Files.delete(SegmentFile.ofDirectory(directory).get(1).path());
    assertThatThrownBy(() -> sequenceAt(TIME_MILLIS + 1))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is 1, but 2 to 2 are missing");
    assertThat(sequenceAt(TIME_MILLIS + 2)).isEqualTo(3);
  }

  @Test
  void shouldPrintOneCommandWithItsFields() throws IOException {
    write();
    List<JsonNode> lines = lines(inspection -> inspection.writeCommand(2));
    assertThat(lines).hasSize(1);
    JsonNode command = lines.get(0);
    assertThat(command.get("sequence").asLong()).isEqualTo(2);
    assertThat(command.get("time").asText()).isEqualTo("2025-01-01T00:00:00.001Z");
    assertThat(command.get("file").asText())
        .isEqualTo(Path.of("journal", "00000002", "19700101L.cq4").toString());
    assertThat(command.get("command").asText()).isEqualTo("Order");
    JsonNode fields = command.get("fields");
    assertThat(fields.get("time").asLong()).isEqualTo(TIME_MILLIS + 1);
    assertThat(fields.get("idLow").toString()).isEqualTo("18446744073709551615");
    assertThat(fields.get("buyer").asLong()).isEqualTo(7);
    assertThat(fields.get("merchant").asLong()).isEqualTo(8);
    assertThat(fields.get("amount").asLong()).isEqualTo(900);
  }

  @Test
  void shouldSayHowMuchThereIsWhenThereIsNoSuchCommand() throws IOException {
    write();
    assertThatThrownBy(() -> lines(inspection -> inspection.writeCommand(3)))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("no command 3: the journal holds 1 to 2");
  }

  @Test
  void shouldReadNothingWhileAServerWorksOnTheDirectory() throws IOException {
    try (InProcessSession owner = InProcessSession.open(directory)) {
      assertThat(owner.name()).isEqualTo(directory.toString());
      assertThatThrownBy(() -> lines(Inspection::writeJournal))
          .isInstanceOf(DataDirectoryInUseException.class)
          .hasMessageContaining("is in use by");
    }
  }
}
