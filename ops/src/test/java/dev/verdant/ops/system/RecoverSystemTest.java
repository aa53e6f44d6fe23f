package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.drill.ground.Fingerprint;
import dev.verdant.ops.drill.ground.SegmentFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verdant recover} on a directory that no start takes any more. */
class RecoverSystemTest {
  private static final String CONSUMER =
      "{\"time\":1,\"op\":\"open-account\",\"account\":%d,\"kind\":\"CONSUMER\"}";

  @TempDir private Path directory;

  @Test
  void shouldRebuildWhatIsGoodAndLeaveTheDamagedDirectoryAsItWas() throws Exception {
    Path damaged = directory.resolve("damaged");
    apply(damaged, 1, 100);
    apply(damaged, 101, 200);
    List<SegmentFile> segments = SegmentFile.ofDirectory(damaged);
    assertThat(segments).extracting(SegmentFile::firstSequence).containsExactly(1L, 101L);
    flip(segments.get(1).path(), segments.get(1).batches().get(0).end() - 1);
    assertThat(run("digest", "--data", damaged.toString()).status()).isEqualTo(1);
    Fingerprint before = Fingerprint.of(damaged);

    Path rebuilt = directory.resolve("rebuilt");
    VerdantProcess.Outcome whole =
        run("recover", "--data", damaged.toString(), "--to", rebuilt.toString());
    assertThat(whole.status()).as(whole.err()).isZero();
    assertThat(whole.out())
        .startsWith("{\"sequence\":100,\"fault\":\"sequence 101, " + segments.get(1).path())
        .hasLineCount(1);
    Path earlier = directory.resolve("earlier");
    VerdantProcess.Outcome upTo =
        run("recover", "--data", damaged.toString(), "--to", earlier.toString(), "--up-to", "60");
    assertThat(upTo.status()).as(upTo.err()).isZero();
    assertThat(upTo.out()).startsWith("{\"sequence\":60");
    VerdantProcess.Outcome beyond =
        run("recover", "--data", damaged.toString(), "--to", directory + "/x", "--up-to", "101");
    assertThat(beyond.status()).isEqualTo(1);
    assertThat(beyond.err())
        .startsWith("verdant recover: what is good in " + damaged + " ends at sequence 100: ")
        .hasLineCount(1);
    VerdantProcess.Outcome again =
        run("recover", "--data", damaged.toString(), "--to", rebuilt.toString());
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains(rebuilt + " is there and holds something").hasLineCount(1);
    before.requireUnchanged();

    assertThat(run("digest", "--data", earlier.toString()).err())
        .contains("no files: going on from the snapshot of sequence 60")
        .doesNotContain("WARN");
    assertThat(Views.ofDirectory(earlier).accounts().lines()).hasSize(60);
    assertThat(Views.ofDirectory(rebuilt).accounts().lines()).hasSize(100);
    apply(rebuilt, 101, 200);
    VerdantProcess.Outcome verified = run("verify", "--data", rebuilt.toString());
    assertThat(verified.status()).as(verified.err()).isZero();
    assertThat(Views.ofDirectory(rebuilt).accounts().lines()).hasSize(200);
  }

  @Test
  void shouldSayWhereASoundJournalEndsBeforeWhatIsWanted() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThat(run("recover", "--data", empty.toString(), "--to", directory + "/x").err())
        .isEqualTo(
            "verdant recover: what is good in %s ends at sequence 0, with no bad record behind\n"
                .formatted(empty));
    Path sound = directory.resolve("sound");
    apply(sound, 1, 3);
    VerdantProcess.Outcome beyond =
        run("recover", "--data", sound.toString(), "--to", directory + "/x", "--up-to", "4");
    assertThat(beyond.status()).isEqualTo(1);
    assertThat(beyond.err()).contains(" ends at sequence 3, with no bad record behind");
  }

  @Test
  void shouldRefuseToRebuildWithinTheDamagedDirectory() throws Exception {
    Path damaged = directory.resolve("damaged");
    apply(damaged, 1, 3);
    Path link = Files.createSymbolicLink(directory.resolve("link"), damaged);
    Fingerprint before = Fingerprint.of(damaged);
    for (Path within : List.of(damaged.resolve("a/b"), link.resolve("a"), damaged)) {
      VerdantProcess.Outcome refused =
          run("recover", "--data", damaged.toString(), "--to", within.toString());
      assertThat(refused.status()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err()).contains(within + " lies in " + damaged).hasLineCount(1);
    }
    before.requireUnchanged();
  }

  private VerdantProcess.Outcome run(String... args) throws Exception {
    return VerdantProcess.run(directory, args);
  }

  private void apply(Path data, int from, int to) throws Exception {
    List<String> script = IntStream.rangeClosed(from, to).mapToObj(CONSUMER::formatted).toList();
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(directory, script, "apply", "--data", data.toString(), "-");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines())
        .hasSize(to - from + 1)
        .allMatch(line -> line.contains("\"status\":\"OK\""));
  }

  private static void flip(Path file, long position) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, position);
      one.put(0, (byte) (one.get(0) ^ 0x10)).flip();
      channel.write(one, position);
    }
  }
}
