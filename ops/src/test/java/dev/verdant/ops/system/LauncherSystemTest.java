package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherSystemTest {
  /** Digits that no Chronicle reads back, and a calendar of their own. */
  private static final String PERSIAN = "-Duser.language=fa -Duser.country=IR";

  @TempDir private Path directory;

  @Test
  void shouldWriteAndReadTheSameOnAMachineOfAnotherLanguage() throws Exception {
    Path script =
        Files.writeString(
            directory.resolve("script.jsonl"),
            "{\"time\":1,\"op\":\"open-account\",\"account\":1,\"kind\":\"CONSUMER\"}\n");
    String data = directory.resolve("data").toString();
    assertThat(inPersian("apply", "--data", data, script.toString()))
        .contains("{\"line\":1,\"status\":\"OK\"");
    assertThat(inPersian("verify", "--data", data)).contains("sequence of 1 commands in 1 batches");
  }

  private String inPersian(String... command) throws Exception {
    Path out = Files.createTempFile(directory, "out", "");
    List<String> words = new ArrayList<>(List.of(System.getProperty("verdant.launcher")));
    words.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("JDK_JAVA_OPTIONS", PERSIAN);
    Process process = builder.start();
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    process.destroyForcibly();

    String shown = Files.readString(out);
    assertThat(ended).as(shown).isTrue();
    assertThat(process.exitValue()).as(shown).isZero();
    return shown;
  }

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
