package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.TransactionId;
import dev.verdant.client.result.Result;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.ledger.Ledger;
import dev.verdant.ops.drill.ground.StoredSnapshots;
import dev.verdant.ops.process.ServerProcess;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.LedgerSession;
import dev.verdant.ops.session.RemoteSession;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verdant snapshot} on running servers. */
class SnapshotSystemTest {
  private static final long BUYER = 1;
  private static final long MERCHANT = 2;
  private static final AccountOptions CONCESSION =
      AccountOptions.builder().concessionBps(1_500).build();
  private static final int ORDERS = 1_000;
  private static final int COMMANDS = ORDERS + 2;

  private static final Pattern ACCOUNT = Pattern.compile("\\{\"account\":(\\d+),");

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void nameData() {
    data = directory.resolve("data");
  }

  @Test
  void shouldKeepTheWholeJournalOnceItIsAskedToUntilTheMarkIsTakenAway() throws Exception {
    openAccount(1);
    run(List.of(), "snapshot", "--keep-journal");
    for (int account = 2; account <= 4; account++) {
      openAccount(account);
      run(List.of(), "snapshot");
    }
    String kept = run(List.of(), "inspect");
    assertThat(kept)
        .contains("\"first_sequence\":1,", "\"state_version\":" + Ledger.STATE_VERSION + ",");
    Files.delete(data.resolve("keep-journal"));
    openAccount(5);
    run(List.of(), "snapshot");
    assertThat(run(List.of(), "inspect")).doesNotContain("\"first_sequence\":1,");
  }

  private void openAccount(int account) throws Exception {
    String line = "{\"time\":1,\"op\":\"open-account\",\"account\":" + account;
    run(List.of(line + ",\"kind\":\"CONSUMER\"}"), "apply", "-");
  }

  /** Runs a command on the data directory, which must go well; returns what it prints. */
  private String run(List<String> input, String... command) throws Exception {
    return outcome(input, command).out();
  }

  private VerdantProcess.Outcome outcome(List<String> input, String... command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(1, List.of("--data", data.toString()));
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(directory, input, arguments.toArray(new String[0]));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  @Test
  void shouldReplayNothingAfterAKillBehindASnapshotOfTheServer() throws Exception {
    Views before;
    try (ServerProcess server = VerdantProcess.serve(data)) {
      sendOrders(server.port());
      VerdantProcess.Outcome first = snapshot(server.port());
      assertThat(first.status()).as(first.err()).isZero();
      assertThat(first.out())
          .startsWith("{\"sequence\":" + COMMANDS + ",\"written\":true,\"accounts\":2,\"bytes\":")
          .hasLineCount(1);
      VerdantProcess.Outcome again = snapshot(server.port());
      assertThat(again.status()).as(again.err()).isZero();
      assertThat(again.out().strip())
          .isEqualTo("{\"sequence\":" + COMMANDS + ",\"written\":false}");
      before = Views.ofServer(server.port());
      server.kill();
    }

    try (DataDirectory recovered =
        DataDirectory.open(data, new JournalOptions(), Durability.WRITTEN)) {
      assertThat(recovered.recovery().snapshotSequence()).isEqualTo(COMMANDS);
      assertThat(recovered.recovery().commands()).isEqualTo(COMMANDS);
      assertThat(recovered.recovery().replayed()).isZero();
    }
    assertThat(Views.ofDirectory(data)).isEqualTo(before);
  }

  @Test
  void shouldSayOnceThatItPassesOverASnapshot() throws Exception {
    openAccount(1);
    run(List.of(), "snapshot", "--keep-journal");
    Path snapshot = StoredSnapshots.newest(data).orElseThrow();
    Files.write(StoredSnapshots.files(snapshot).get(0), new byte[1]);
    try (ServerProcess server = VerdantProcess.serve(data)) {
      server.port();
      assertThat(server.lines())
          .filteredOn(line -> line.contains(" WARN "))
          .singleElement()
          .asString()
          .contains("passed over: snapshot 1");
      assertThat(server.stop()).as("%s", server.lines()).isZero();
    }
  }

  @Test
  void shouldWarnOnceThatNothingTellsWhatWasAcknowledged() throws Exception {
    openAccount(1);
    Files.delete(data.resolve("acknowledged"));
    String mark = "no readable record of how far acknowledgements had gone";
    assertThat(outcome(List.of(), "balance").err()).containsOnlyOnce(mark);
    assertThat(outcome(List.of(), "balance").err()).doesNotContain(mark);
  }

  @Test
  void shouldFailAndLoseNothingWhereTheServerCannotWriteTheSnapshot() throws Exception {
    try (ServerProcess server = VerdantProcess.serve(data)) {
      sendOrders(server.port());
      Files.writeString(data.resolve("snapshots"), "in the way");
      VerdantProcess.Outcome outcome = snapshot(server.port());

      assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err())
          .isEqualTo(
              "verdant snapshot: 127.0.0.1:"
                  + server.port()
                  + " could not write a snapshot of sequence "
                  + COMMANDS
                  + ", its log says why; the newest on disk is of sequence 0\n");
      assertThat(server.stop()).as("%s", server.lines()).isZero();
      assertThat(server.lines())
          .as("one line, no stack trace")
          .allMatch(line -> line.matches("\\d{4}-\\S+ (INFO|ERROR) .*"))
          .filteredOn(line -> line.contains(" ERROR "))
          .singleElement()
          .asString()
          .endsWith("no snapshot: " + data.resolve("snapshots") + " is no directory");
    }
    try (DataDirectory recovered =
        DataDirectory.open(data, new JournalOptions(), Durability.WRITTEN)) {
      assertThat(recovered.recovery().replayed()).isEqualTo(COMMANDS);
    }
  }

  @Test
  void shouldListTheAccountsThatRangeKindAndStatusAskForFromOneSequence() throws Exception {
    try (ServerProcess server = VerdantProcess.serve(data)) {
      sendOrders(server.port());

      assertThat(accounts(server.port())).isEqualTo("[1, 2]");
      assertThat(accounts(server.port(), "--kind", "MERCHANT", "--from", "2")).isEqualTo("[2]");
      assertThat(accounts(server.port(), "--status", "FROZEN")).isEqualTo("[]");
      assertThat(accounts(server.port(), "--status", "ACTIVE", "--from", "1", "--to", "1"))
          .isEqualTo("[1]");
      for (String beside : List.of("--kind=MERCHANT", "--max-age=0")) {
        VerdantProcess.Outcome contradiction =
            VerdantProcess.run(
                directory,
                "accounts",
                "--connect",
                "127.0.0.1:" + server.port(),
                "--account",
                "1",
                beside);
        assertThat(contradiction.status()).as(beside).isEqualTo(2);
        assertThat(contradiction.err())
            .contains("--account goes with none of --from, --to, --kind, --status and --max-age");
      }
    }
  }

  /** The ids that {@code verdant accounts} prints, whose view must be of the last command. */
  private String accounts(int port, String... options) throws IOException, InterruptedException {
    String[] command = new String[options.length + 3];
    command[0] = "accounts";
    command[1] = "--connect";
    command[2] = "127.0.0.1:" + port;
    System.arraycopy(options, 0, command, 3, options.length);
    VerdantProcess.Outcome outcome = VerdantProcess.run(directory, command);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).startsWith("as of sequence " + COMMANDS + ", ");
    return ACCOUNT.matcher(outcome.out()).results().map(id -> id.group(1)).toList().toString();
  }

  private VerdantProcess.Outcome snapshot(int port) throws IOException, InterruptedException {
    return VerdantProcess.run(directory, "snapshot", "--connect", "127.0.0.1:" + port);
  }

  private static void sendOrders(int port) throws IOException {
    try (LedgerSession session = RemoteSession.connect("127.0.0.1", port)) {
      Exchange exchange = new Exchange(session.connection(), 100, 60);
      send(exchange, OpenAccountRequest.of(BUYER, AccountKind.CONSUMER).at(1));
      send(exchange, OpenAccountRequest.of(MERCHANT, AccountKind.MERCHANT, CONCESSION).at(1));
      for (int i = 1; i <= ORDERS; i++) {
        send(exchange, OrderRequest.of(TransactionId.of(i), BUYER, MERCHANT, 10_000).at(i));
      }
      exchange.awaitAll();
    }
  }

  private static <R extends Result> void send(Exchange exchange, Request<R> request) {
    exchange.send(request, result -> assertThat(result.status()).isEqualTo(Status.OK));
  }
}
