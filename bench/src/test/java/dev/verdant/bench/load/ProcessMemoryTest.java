package dev.verdant.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
  @TempDir private Path directory;

  /**
   * The serial collector keeps one of its survivor spaces empty, which is not in use, but there.
   */
  @Test
  void shouldTellTheBoundThatTheHeapWasGiven() throws Exception {
    final Path out = directory.resolve("out");
    final Process java =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx64m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Bound.class.getName()))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(out)).isEqualTo(Long.toString(64L << 20));
  }

  /** Says it. */
  static final class Bound {
    private Bound() {}

    public static void main(String[] args) {
      System.out.print(ProcessMemory.heapBoundBytes());
    }
  }
}
