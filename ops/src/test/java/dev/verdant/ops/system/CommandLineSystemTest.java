package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.process.ServerProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineSystemTest {
  private static final String CONSUMER =
      "{\"time\":1,\"op\":\"open-account\",\"account\":%d,\"kind\":\"CONSUMER\"}";

  private static CommandLines commandLines;

  @TempDir private Path directory;

  @BeforeAll
  static void startCommandLines(@TempDir Path directoryOfAll) throws IOException {
    commandLines = new CommandLines(directoryOfAll);
  }

  @AfterAll
  static void endCommandLines() {
    commandLines.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "- | a command is missing",
        "blance | Unmatched argument",
        "apply --data {dir}/a {dir}/missing.jsonl | no such script: {dir}/missing.jsonl",
        "apply --data {dir}/a - - | standard input can be read only once",
        "apply {dir}/missing.jsonl | Missing required argument",
        "pools --data {dir} --connect 127.0.0.1:1 | mutually exclusive",
        "pools --connect 127.0.0.1 | is not HOST:PORT",
        "pools --connect [::1:7411 | '[::1:7411' is not [IPv6]:PORT",
        "pools --connect 127.0.0.1:70000 | has no port of 0..65535",
        "pools --data {dir}/missing | no data directory {dir}/missing",
        "verify --data {dir}/missing | no data directory {dir}/missing",
        "inspect --data {dir}/missing | no data directory {dir}/missing",
        "inspect --data {dir} --at 2026-01-06 |"
            + " option '--at': '2026-01-06' is not ISO-8601 with an offset",
        "inspect --data {dir} --sequence 1 --at 2026-01-06T00:00:00Z | mutually exclusive",
        "inspect --data {dir} --sequence 0 | sequences start at 1, not 0",
        "inspect | Missing required option: '--data=DIR'",
        "import --data {dir}/a {dir}/missing.csv | no such file: {dir}/missing.csv",
        "snapshot --connect 127.0.0.1:1 --keep-journal | --keep-journal goes with --data",
        "bench diff {dir}/missing.json {dir}/missing.json | no such file: {dir}/missing.json",
        "bench growth --baseline {dir}/missing.json | no such file: {dir}/missing.json",
        "serve --listen 127.0.0.1:0 | Missing required option: '--data=DIR'",
        "serve --data {dir}/a --durability maybe | expected one of",
        "demo --scale 0 | --scale must be 1..1000, not 0",
        "drill --rounds 0 | --rounds must be 1..100000, not 0",
        "drill --only thunder | there is no injection thunder",
        "serve --data {dir}/a --max-connections 0 | --max-connections is 1 or more, not 0",
        "serve --data {dir}/a --max-connections 100000 | with the direct memory that this JVM may",
        "serve --data {dir}/a --disk-reserve-mib -1 | --disk-reserve-mib is 0 or more, not -1",
        "serve --data {dir}/a --snapshot-every-minutes -1 |"
            + " --snapshot-every-minutes is 0 or more, not -1",
        "serve --data {dir}/a --snapshot-every-commands -2 |"
            + " --snapshot-every-commands is 0 or more, not -2",
        "serve --data {dir}/a --release-at 23:59:30 | --release-at is HH:MM or off, not 23:59:30",
        "serve --data {dir}/a --release-at 24:00 | --release-at is HH:MM or off, not 24:00",
        "serve --data {dir}/a --release-at 00:05 --clock commands |"
            + " --release-at 00:05 needs --clock system: time comes with the commands",
        "serve --data {dir}/a --durability synced --max-sync-delay 100001 |"
            + " --max-sync-delay is 0..100000 microseconds, not 100001",
        "serve --data {dir}/a --durability synced --max-sync-delay 9223372036854775807 |"
            + " --max-sync-delay is 0..100000 microseconds, not 9223372036854775807",
        "serve --data {dir}/a --max-sync-delay 1 |"
            + " --max-sync-delay 1 needs --durability synced",
        "serve --data {empty} | '--data': it is empty",
        "pools --data {empty} | '--data': it is empty",
        "verify --data {empty} | '--data': it is empty",
        "inspect --data {empty} | '--data': it is empty",
        "recover --data {empty} --to {dir}/a | '--data': it is empty",
        "recover --data {dir} --to {empty} | '--to': it is empty",
        "demo --data {empty} | '--data': it is empty",
        "drill --data {empty} | '--data': it is empty",
        "import --data {dir}/a --concession-bps 10001 {dir} |"
            + " --concession-bps must be 0..10000, not 10001",
        "import --data {dir}/a --concession-bps -1 {dir} |"
            + " --concession-bps must be 0..10000, not -1",
        "bench compare --members 20000 | Unknown option",
        "bench compare --uniform | Unknown option",
        "bench compare --durability synced | Unknown option",
        "bench compare --day 1000 | Unknown option",
        "bench compare --connections 3 | connections cannot be 3",
        "bench throughput --connections 0 | connections cannot be 0",
        "bench latency --day 200000000 | requests a day cannot be 200000000",
        "bench throughput --idle foo | expected one of [spin, yield, backoff]",
        "bench throughput --durability foo | expected one of [written, synced]",
        "bench throughput --ledger-only --idle spin | --ledger-only has no server for --idle",
        "bench throughput --ledger-only --durability synced | has no server for --durability",
        "bench throughput --ledger-only --connections 1 | has no server for --connections",
        "bench throughput --ledger-only --window 10 | has no server for --window",
        "bench snapshot --seconds 2147483647 | milliseconds cannot be 2147483647000",
        "bench snapshot --bound -1 | bound cannot be -1048576",
        "bench --json {dir}/a growth | growth goes alone",
        "bench orders compare | compare goes alone",
        "bench orders diff a b | diff goes alone",
        "bench growth --idle spin | growth has no server for --idle",
        "bench growth --durability synced | growth has no server for --durability",
        "bench growth --connections 1 | growth has no server for --connections",
        "bench growth --window 1 | growth has no server for --window",
        "bench growth --day 7 | growth has no trade for --day",
        "bench growth --seconds 1 | growth lasts until all accounts are open, whatever --seconds",
        "bench garbage --runs 3 | garbage is watched once, for 60 s, whatever --runs",
        "bench garbage --seconds 3 | garbage is watched once, for 60 s, whatever --seconds",
        "bench recovery --seconds 3 | as many as --runs says, whatever --seconds",
        "accounts --data {dir}/none --account 1 --kind MERCHANT | --account goes with none of --from",
        "accounts --data {dir}/none --max-age -1 | --max-age is 0 or more, not -1",
        "balance --data {dir}/none --max-age -1 | --max-age is 0 or more, not -1",
        "digest --data {dir}/none --max-age -1 | --max-age is 0 or more, not -1",
        "serve --data {dir}/a --memory-reserve-mib -1 | --memory-reserve-mib is 0..",
        "serve --data {dir}/a --memory-reserve-mib 999999999999 | what this machine has, not",
      })
  void shouldAnswerWrongUsageWithOneLineAndStatus2(String args, String message) throws Exception {
    String[] words =
        Arrays.stream(args == null ? new String[0] : args.split(" "))
            .map(word -> word.replace("{dir}", directory.toString()).replace("{empty}", ""))
            .toArray(String[]::new);
    VerdantProcess.Outcome outcome = commandLines.run(words);

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("verdant")
        .contains(message.replace("{dir}", directory.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "accounts", "pools", "balance", "digest", "snapshot"})
  void shouldNotTakeADirectoryOfOtherFilesForALedger(String command) throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    Path notes = Files.writeString(other.resolve("notes"), "");
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(directory, command, "--data", other.toString());

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "verdant %s: no ledger in %s: neither acknowledged nor journal nor snapshots%n"
                .formatted(command, other));
    assertThat(other).isDirectoryNotContaining(file -> !file.equals(notes));
  }

  @Test
  void shouldNotCallAnEmptyDirectoryWhole() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(directory, "verify", "--data", empty.toString());

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "verdant verify: no ledger in %s: neither acknowledged nor journal nor snapshots%n"
                .formatted(empty));
  }

  @ParameterizedTest
  @ValueSource(strings = {"apply", "import"})
  void shouldNotOverwriteWhatItReadsWithResults(String command) throws Exception {
    Path input = Files.writeString(directory.resolve("input"), "kept");
    Path link = Files.createSymbolicLink(directory.resolve("link"), input);
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(
            directory, command, "--data", data(), "--results", link.toString(), input.toString());

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("--results would overwrite what is read: " + link);
    assertThat(input).hasContent("kept");
  }

  @Test
  void shouldGoOnBehindALineThatIsNoCommand() throws Exception {
    List<String> script =
        List.of(
            CONSUMER.formatted(1), "{\"time\":1,\"op\":\"open-acc", "", CONSUMER.formatted(2), "");
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(directory, script, "apply", "--data", data(), "-");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("{\"line\":1,\"status\":\"OK\""),
            line ->
                assertThat(line)
                    .startsWith("{\"line\":2,\"status\":\"MALFORMED\",\"detail\":\"not JSON"),
            line -> assertThat(line).startsWith("{\"line\":3,\"status\":\"MALFORMED\""),
            line -> assertThat(line).startsWith("{\"line\":4,\"status\":\"OK\""));
    assertThat(outcome.err()).isEqualTo("4 lines: 2 MALFORMED, 2 OK\n");
    assertThat(Views.ofDirectory(Path.of(data())).accounts().lines()).hasSize(2);
  }

  @Test
  void shouldPrintTheAccountsAskedForAscendingAndFailAtOneThatIsNotThere() throws Exception {
    apply(1, 3);
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(
            directory,
            ("accounts --data " + data() + " --account 9 --account 3 --account 2").split(" "));

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("{\"account\":2,\"kind\":\"CONSUMER\""),
            line -> assertThat(line).startsWith("{\"account\":3,"));
    assertThat(outcome.err()).isEqualTo("verdant accounts: no account 9\n");
  }

  /** A name that is not known yet may be at the next start: who restarts it shall not give up. */
  @Test
  void shouldFailAndNotRefuseTheOptionWhereTheNameToListenOnIsUnknown() throws Exception {
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(
            directory, "serve", "--data", "fresh", "--listen", "no.such.host.invalid:7511");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo("verdant serve: cannot listen on no.such.host.invalid:7511: unknown host\n");
    assertThat(directory.resolve("fresh")).doesNotExist();
  }

  @Test
  void shouldPrintWhatIsInADirectoryAndOneCommandOfIt() throws Exception {
    apply(1, 3);
    VerdantProcess.Outcome whole = VerdantProcess.run(directory, "inspect", "--data", data());
    assertThat(whole.status()).as(whole.err()).isZero();
    assertThat(whole.out())
        .contains("\"commands\":3", "\"next_start\":\"CONTINUE\"")
        .hasLineCount(2);
    VerdantProcess.Outcome command =
        VerdantProcess.run(directory, "inspect", "--data", data(), "--sequence", "2");
    assertThat(command.status()).as(command.err()).isZero();
    assertThat(command.out())
        .startsWith("{\"sequence\":2,")
        .contains("\"command\":\"OpenAccount\"", "\"account\":2,")
        .hasLineCount(1);
    assertFailure(
        "no command 4: the journal holds 1 to 3", "inspect", "--data", data(), "--sequence", "4");
    VerdantProcess.Outcome moment =
        VerdantProcess.run(
            directory, "inspect", "--data", data(), "--at", "1970-01-01T08:00:00.001+08:00");
    assertThat(moment.out()).as(moment.err()).startsWith("{\"sequence\":3,").hasLineCount(1);
    assertFailure(
        "no command up to 1970-01-01T00:00:00Z: what the journal holds begins later",
        "inspect",
        "--data",
        data(),
        "--at",
        "1970-01-01T00:00:00Z");
    VerdantProcess.Outcome beyond =
        VerdantProcess.run(
            directory, "inspect", "--data", data(), "--at", "+999999999-01-01T00:00:00Z");
    assertThat(beyond.status()).isEqualTo(2);
    assertThat(beyond.err()).contains("is not within the years 1 to 9999");
  }

  @Test
  void shouldRefuseADirectoryAndAPortInUseAndLoseNothing() throws Exception {
    apply(1, 3);
    try (ServerProcess server = VerdantProcess.serve(Path.of(data()))) {
      int port = server.port();
      assertFailure("is in use by", "pools", "--data", data());
      Path other = directory.resolve("other");
      for (List<String> ports :
          List.of(List.of("--listen", "--http"), List.of("--http", "--listen"))) {
        assertFailure(
            "cannot listen on 127.0.0.1:" + port,
            "serve",
            "--data",
            other.toString(),
            ports.get(0),
            "127.0.0.1:" + port,
            ports.get(1),
            "127.0.0.1:0");
        assertThat(other).doesNotExist();
      }
      assertThat(Views.ofServer(port).accounts().lines()).hasSize(3);
      assertThat(server.stop()).as("%s", server.lines()).isZero();
    }
    assertThat(Views.ofDirectory(Path.of(data())).accounts().lines()).hasSize(3);
  }

  @Test
  void shouldFailWhereTheDataDirectoryIsAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Path script = Files.write(directory.resolve("script.jsonl"), accounts(1, 1));
    assertFailure(file + " is no directory", "apply", "--data", file.toString(), script.toString());
    assertFailure(file + " is no directory", "serve", "--data", file.toString());
    assertFailure(file + " is no directory", "demo", "--data", file.toString());
    assertFailure(
        file + " is no directory",
        "recover",
        "--data",
        Files.createDirectory(directory.resolve("damaged")).toString(),
        "--to",
        file.toString());
  }

  @Test
  void shouldCompareTwoCampaignsAndRefuseWhatIsNone() throws Exception {
    String row = "[{\"row\":\"stall\",\"value\":%1$s,\"unit\":\"us\",\"runs\":[%1$s]}]";
    Path before = Files.writeString(directory.resolve("before.json"), row.formatted("0"));
    Path after = Files.writeString(directory.resolve("after.json"), row.formatted("3"));
    Path none = Files.writeString(directory.resolve("none.json"), row.formatted("\"abc\""));

    VerdantProcess.Outcome outcome =
        VerdantProcess.run(directory, "bench", "diff", before.toString(), after.toString());
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).containsPattern("stall +us +0 +3\\.00 +from 0 +more");
    assertFailure(
        none + ", row stall: no number in its runs: \"abc\"",
        "bench",
        "diff",
        before.toString(),
        none.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verify --data {data}",
        "inspect --data {data}",
        "recover --data {data} --to {data}-new",
        "pools --data {data}",
        "drill --rounds 1 --only torn-tail",
        "serve --help",
      })
  void shouldFailWhereItsOutputFindsNoSpace(String args) throws Exception {
    apply(1, 3);
    VerdantProcess.Outcome outcome =
        VerdantProcess.runWithFullOutput(directory, args.replace("{data}", data()).split(" "));
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err().lines().filter(line -> line.startsWith("verdant ")))
        .singleElement()
        .asString()
        .containsAnyOf("No space left on device", "standard output could not be written");
  }

  @Test
  void shouldSayWhenNoServerListens() throws Exception {
    assertFailure("127.0.0.1", "digest", "--connect", "127.0.0.1:1");
  }

  @Test
  void shouldKeepWhatWasAppliedWhenTheResultsFindNoSpace() throws Exception {
    Path script = Files.write(directory.resolve("script.jsonl"), accounts(1, 5));
    assertFailure(
        "No space left on device",
        "apply",
        "--data",
        data(),
        "--results",
        "/dev/full",
        script.toString());
    VerdantProcess.Outcome again =
        VerdantProcess.run(directory, "apply", "--data", data(), script.toString());
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(Views.ofDirectory(Path.of(data())).accounts().lines()).hasSize(5);
  }

  @Test
  void shouldNameTheFirstBadRecordOfADamagedJournal() throws Exception {
    apply(1, 200);
    Path segment;
    try (Stream<Path> files = Files.walk(Path.of(data()))) {
      segment = files.filter(file -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
    flipAByteOfTheFirstCommand(segment);

    VerdantProcess.Outcome verified = VerdantProcess.run(directory, "verify", "--data", data());
    assertThat(verified.status()).isEqualTo(1);
    assertThat(verified.err().lines())
        .singleElement()
        .asString()
        .contains("the journal is damaged: sequence 1, " + segment, "CHECKSUM");
    assertFailure("the journal is damaged", "digest", "--data", data());
  }

  private void assertFailure(String message, String... args) throws Exception {
    VerdantProcess.Outcome outcome = VerdantProcess.run(directory, args);
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err().lines().filter(line -> line.startsWith("verdant ")))
        .singleElement()
        .asString()
        .contains(message);
  }

  private void apply(int from, int to) throws Exception {
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(directory, accounts(from, to), "apply", "--data", data(), "-");
    assertThat(outcome.status()).as(outcome.err()).isZero();
  }

  private static List<String> accounts(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(CONSUMER::formatted).toList();
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  /** The first command is an open-account: its account id 1 is found behind the SBE header. */
  private static void flipAByteOfTheFirstCommand(Path segment) throws IOException {
    byte[] content = new byte[1 << 20];
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      int length = file.read(content);
      int position = firstWireHeader(content, length);
      file.seek(position);
      file.write(content[position] ^ 0x10);
    }
  }

  /** Position of the first byte behind schema id 7411, little-endian, of an OpenAccount (11). */
  private static int firstWireHeader(byte[] content, int length) {
    for (int i = 0; i < length - 6; i++) {
      if (content[i] == 11
          && content[i + 1] == 0
          && content[i + 2] == (byte) 0xF3
          && content[i + 3] == 0x1C) {
        return i + 20;
      }
    }
    throw new AssertionError("no command in the journal");
  }
}
