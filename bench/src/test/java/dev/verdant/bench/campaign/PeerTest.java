package dev.verdant.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.bench.load.WrongResultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer's process from its start to its end, with a {@link FakePeer} for a ledger. */
class PeerTest {
  private static final long SHORT_MILLIS = 100;

  @TempDir private Path directory;
  private Path module;
  private Path end;
  private Path data;

  @BeforeEach
  void makeModule() throws Exception {
    module = directory.resolve("module");
    end = directory.resolve("end");
    data = directory.resolve("data");
    Files.createDirectories(module.resolve("target").resolve("lib"));
    Files.createFile(module.resolve("jvm.options"));
    Files.createSymbolicLink(
        module.resolve("target").resolve("classes"),
        Path.of(FakePeer.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
  }

  private Peer start() throws IOException {
    return Peer.start(module, FakePeer.class.getName(), List.of(end.toString()), data, 0);
  }

  @Test
  void shouldLetItEndInGoodOrderAndLeaveNothingInItsWay() throws IOException {
    for (int run = 1; run <= 2; run++) {
      try (Peer peer = start()) {
        assertThat(peer.run("12.5")).isEqualTo(12.5);
        assertThat(data).isNotEmptyDirectory();
      }
      assertThat(end).hasContent(FakePeer.CLEAN);
      assertThat(data).doesNotExist();
      Files.delete(end);
    }
  }

  @Test
  void shouldVoidWhatItMeasuredWhereItsAccountsAreWrong() throws IOException {
    try (Peer peer = start()) {
      assertThatThrownBy(() -> peer.run("wrong coins: 3 instead of 4"))
          .isInstanceOf(WrongResultException.class)
          .hasMessage("data: coins: 3 instead of 4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0", "-1", "NaN", "Infinity", "ready"})
  void shouldFailWhereItMadeNoOrders(String answer) throws IOException {
    try (Peer peer = start()) {
      assertThatThrownBy(() -> peer.run(answer))
          .isInstanceOf(IOException.class)
          .hasMessage("the peer answered no orders a second at " + answer + ": " + answer);
    }
  }

  @Test
  void shouldFailWhereItDoesNotAnswerInTime() throws IOException {
    try (Peer peer =
        Peer.startWithin(
            module, FakePeer.class.getName(), List.of(end.toString()), data, SHORT_MILLIS)) {
      assertThatThrownBy(() -> peer.run(FakePeer.SILENCE))
          .isInstanceOf(IOException.class)
          .hasMessage("the peer has said nothing for 0.1 s at silence, see data.log");
    }
    assertThat(end).hasContent(FakePeer.CLEAN);
    assertThat(data).doesNotExist();
  }

  @Test
  void shouldSayWhereItEndedAndWhatTellsWhy() throws IOException {
    try (Peer peer = start()) {
      assertThatThrownBy(() -> peer.run("die"))
          .isInstanceOf(IOException.class)
          .hasMessage("the peer ended at die, see data.log");
      assertThatThrownBy(() -> peer.run("12.5")).hasMessageContaining("the peer ended at 12.5");
    }
    assertThat(directory.resolve("data.log")).content().contains("out of order");
    assertThat(data).doesNotExist();
  }
}
