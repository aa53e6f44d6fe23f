package dev.verdant.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.InProcessSession;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two accounts, a snapshot behind each. */
class VerificationTest {
  private static final long TIME_MILLIS = 1_735_689_600_000L;
  private static final int DEADLINE_SECONDS = 60;

  @TempDir Path room;
  private final StringWriter said = new StringWriter();
  private Path directory;

  @BeforeEach
  void write() throws IOException {
    directory = write("ledger", 7);
  }

  private Path write(String name, long firstAccount) throws IOException {
    Path data = room.resolve(name);
    for (int i = 0; i < 2; i++) {
      try (InProcessSession session = InProcessSession.open(data)) {
        new Exchange(session.connection(), 1, DEADLINE_SECONDS)
            .call(
                OpenAccountRequest.of(firstAccount + i, AccountKind.CONSUMER).at(TIME_MILLIS + i));
      }
      try (DataDirectory opened =
          DataDirectory.open(data, new JournalOptions().conclude(), Durability.WRITTEN)) {
        opened.takeSnapshot();
      }
    }
    return data;
  }

  private static Path snapshot(Path data, long sequence) {
    return data.resolve("snapshots").resolve(String.format("%020d", sequence));
  }

  private static void damage(Path snapshot) throws IOException {
    Path accounts = snapshot.resolve("accounts");
    byte[] bytes = Files.readAllBytes(accounts);
    bytes[bytes.length / 2] ^= 1;
    Files.write(accounts, bytes);
  }

  private CommandFailure fail() {
    return catchThrowableOfType(
        CommandFailure.class, () -> Verification.run(directory, new PrintWriter(said)));
  }

  @Test
  void shouldTellWhatItHasChecked() throws IOException {
    Verification.run(directory, new PrintWriter(said));
    assertThat(said.toString().lines())
        .hasSize(6)
        .anyMatch(line -> line.startsWith("journal  checksums"))
        .anyMatch(line -> line.startsWith("snapshot 2: checksums of"))
        .anyMatch(line -> line.startsWith("books    "));
  }

  @Test
  void shouldNameADamagedSnapshotAndCheckTheRest() throws IOException {
    damage(snapshot(directory, 2));
    assertThat(fail()).hasMessageStartingWith("a snapshot is damaged: snapshot 2, ");
    assertThat(said.toString())
        .contains("journal  checksums, chain and sequence of 1 commands in 1 batches")
        .contains("snapshot 2: a start passes over it, check CHECKSUM")
        .contains("snapshot 1: checksums of");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldFailWhereNothingTellsHowFarAcknowledgementsWent(boolean there) throws IOException {
    Path record = directory.resolve("acknowledged");
    Files.delete(record);
    if (there) {
      Files.write(record, new byte[4096]);
    }
    assertThat(fail())
        .hasMessageStartingWith("the record of acknowledgements (the file acknowledged) is missing")
        .hasMessageEndingWith("whether commands behind sequence 2 are missing");
  }

  @Test
  void shouldNameASnapshotOfAnotherJournal() throws IOException {
    Path other = write("other", 70);
    for (String file : new String[] {"manifest", "state", "accounts", "account-index"}) {
      Files.copy(
          snapshot(other, 2).resolve(file),
          Files.createDirectories(snapshot(directory, 2)).resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(fail()).hasMessageStartingWith("a snapshot is not of this journal: snapshot 2, ");
    assertThat(said.toString()).contains("snapshot 2: a start passes over it, check JOURNAL");
  }

  @Test
  void shouldTellTheSnapshotsTooWhereTheJournalIsRefused() throws IOException {
    damage(snapshot(directory, 1));
    damage(snapshot(directory, 2));
    assertThat(fail()).hasMessageStartingWith("the journal is damaged: sequence 1, ");
    assertThat(said.toString())
        .contains("snapshot 1: a start passes over it, check CHECKSUM")
        .contains("snapshot 2: a start passes over it, check CHECKSUM");
  }
}
