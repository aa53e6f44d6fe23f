package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherSystemTest {
  @TempDir private Path directory;

  @Test
  void shouldRunTheDemoToItsEndFromAnyDirectoryByASymbolicLink() throws Exception {
    Path link = directory.resolve("verdant");
    Files.createSymbolicLink(link, Path.of(System.getProperty("verdant.launcher")));
    Path out = directory.resolve("out");
    Process demo =
        new ProcessBuilder(link.toString(), "demo", "--data", "fresh")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = demo.waitFor(10, TimeUnit.MINUTES);
    demo.descendants().forEach(ProcessHandle::destroyForcibly);
    demo.destroyForcibly();

    String shown = Files.readString(out);
    assertThat(ended).as(shown).isTrue();
    assertThat(demo.exitValue()).as(shown).isZero();
    assertThat(shown)
        .contains(
            "47,243 real orders",
            "SIGKILL to the server",
            "recovered up to sequence",
            "throughput  50,646 commands",
            "p99.9",
            "23,393,524 cents in force",
            "CHANNEL_CLEARING",
            "the books balance",
            "exactly once: the state equals that of an undisturbed run");
  }
}
