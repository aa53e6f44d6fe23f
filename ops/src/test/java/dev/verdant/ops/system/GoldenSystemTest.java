package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.process.ServerProcess;
import dev.verdant.ops.script.ScriptApplier;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.LedgerSession;
import dev.verdant.ops.session.RemoteSession;
import dev.verdant.protocol.ConnectionLostException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenSystemTest {
  private static final int KILLS = 3;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"published-example", "small", "mixed-a", "mixed-b"})
  void shouldEqualTheVectorInADataDirectoryReadByAnotherProcess(String name) throws Exception {
    GoldenVector vector = new GoldenVector(name);
    String data = directory.resolve("data").toString();
    VerdantProcess.Outcome applied =
        VerdantProcess.run(directory, "apply", "--data", data, vector.script().toString());

    assertThat(applied.status()).as(applied.err()).isZero();
    vector.assertResults(applied.out().lines().toList());
    vector.assertViews(Views.ofDirectory(directory.resolve("data")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"published-example", "small", "mixed-a", "mixed-b"})
  void shouldEqualTheVectorOnAServer(String name) throws Exception {
    GoldenVector vector = new GoldenVector(name);
    Path results = directory.resolve("results.jsonl");
    try (ServerProcess server = VerdantProcess.serve(directory.resolve("data"))) {
      VerdantProcess.Outcome applied =
          VerdantProcess.run(
              directory,
              "apply",
              "--connect",
              "127.0.0.1:" + server.port(),
              "--results",
              results.toString(),
              vector.script().toString());

      assertThat(applied.status()).as(applied.err()).isZero();
      vector.assertResults(Files.readAllLines(results));
      vector.assertViews(Views.ofServer(server.port()));
      assertThat(server.stop()).as("%s", server.lines()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"published-example", "small", "mixed-a", "mixed-b"})
  void shouldEqualTheVectorWhenTheServerIsKilledAndTheScriptGoesOn(String name) throws Exception {
    GoldenVector vector = new GoldenVector(name);
    List<String> lines = vector.lines();
    Random random = new Random(name.hashCode());
    Path data = directory.resolve("data");
    int done = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      try (ServerProcess server = VerdantProcess.serve(data)) {
        int most = (lines.size() - done) / KILLS;
        int killAfter = 1 + random.nextInt(most);
        // No more of them, so that some are left however late the kill comes.
        done += apply(server, lines.subList(done, done + most + 1), killAfter);
        server.kill();
        assertThat(done).as("lines before kill %d", kill).isLessThan(lines.size());
      }
    }
    try (ServerProcess server = VerdantProcess.serve(data)) {
      done += apply(server, lines.subList(done, lines.size()), Integer.MAX_VALUE);
      assertThat(done).isEqualTo(lines.size());
      vector.assertViews(Views.ofServer(server.port()));
    }
  }

  /** Applies with window 1 until the end or a kill; returns the number of lines with a result. */
  private static int apply(ServerProcess server, List<String> lines, int killAfter)
      throws IOException {
    KillingOutput results = new KillingOutput(server, killAfter);
    try (LedgerSession session = RemoteSession.connect("127.0.0.1", server.port());
        JsonLines out = new JsonLines(results)) {
      ScriptApplier applier = new ScriptApplier(new Exchange(session.connection(), 1, 60), out);
      byte[] script = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
      try {
        applier.apply(null, new ByteArrayInputStream(script));
      } catch (ConnectionLostException e) {
        out.flush();
      }
    }
    return (int) results.toString(StandardCharsets.UTF_8).lines().count();
  }

  /**
   * Takes result lines, and kills the server right after so many: the next command is under way.
   */
  private static final class KillingOutput extends ByteArrayOutputStream {
    private final ServerProcess server;
    private int linesLeft;

    KillingOutput(ServerProcess server, int lines) {
      this.server = server;
      this.linesLeft = lines;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      for (int i = offset; i < offset + length; i++) {
        if (bytes[i] == '\n' && --linesLeft == 0) {
          new Thread(server::kill, "killer").start();
        }
      }
    }
  }
}
