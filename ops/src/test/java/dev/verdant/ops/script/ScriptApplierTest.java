package dev.verdant.ops.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.InProcessSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptApplierTest {
  private static final int WINDOW = 100;
  private static final int DEADLINE_SECONDS = 60;
  private static final String OPEN =
      "{\"time\":1,\"op\":\"open-account\",\"account\":%d,\"kind\":\"CONSUMER\"}\n";

  @TempDir private Path directory;

  /** What has been sent is booked. */
  @Test
  void shouldTellWhatBecameOfTheLinesBeforeOneThatCannotBeRead() throws Exception {
    ByteArrayOutputStream results = new ByteArrayOutputStream();
    try (InProcessSession session = InProcessSession.open(directory);
        JsonLines out = new JsonLines(results)) {
      ScriptApplier applier =
          new ScriptApplier(new Exchange(session.connection(), WINDOW, DEADLINE_SECONDS), out);
      String lines = String.format(OPEN, 1) + String.format(OPEN, 2);

      assertThatThrownBy(() -> applier.apply(null, new Unreadable(lines)))
          .isInstanceOf(IOException.class)
          .hasMessage("Input/output error");
      assertThat(applier.lastAnsweredLine()).isEqualTo(2);
    }
    assertThat(results.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("\"status\":\"OK\""));
  }

  /** A file on a disk that has gone bad behind its first lines. */
  private static final class Unreadable extends InputStream {
    private final InputStream good;

    Unreadable(String lines) {
      good = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read() throws IOException {
      int read = good.read();
      if (read < 0) {
        throw new IOException("Input/output error");
      }
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = good.read(bytes, offset, length);
      if (read < 0) {
        throw new IOException("Input/output error");
      }
      return read;
    }

    @Override
    public int available() {
      return 1;
    }
  }
}
