package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.history.ExternalIds;
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

  /** As cron and ssh may run it: what a shell starts, by its own words. */
  private String inShell(String words, String... environment) throws Exception {
    Path out = Files.createTempFile(directory, "out", "");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", words, System.getProperty("verdant.launcher"))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    for (String variable : environment) {
      String[] nameAndValue = variable.split("=", 2);
      builder.environment().put(nameAndValue[0], nameAndValue[1]);
    }
    Process process = builder.start();
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    process.destroyForcibly();
    String shown = Files.readString(out);
    assertThat(ended).as(shown).isTrue();
    return shown;
  }

  @Test
  void shouldReadNoFileOfTheJvmAsAScriptWhereStandardInputIsClosed() throws Exception {
    assertThat(inShell("\"$0\" apply --data data - <&-")).isEqualTo("0 lines\n");
  }

  @Test
  void shouldFailWhereResultsHaveNoStandardOutputToGoTo() throws Exception {
    assertThat(
            inShell("echo | \"$0\" apply --data data - && \"$0\" pools --data data >&-; echo $?"))
        .endsWith("verdant pools: Bad file descriptor\n1\n");
  }

  @Test
  void shouldReadAScriptFromAPipe() throws Exception {
    String script = "{\\\"time\\\":1,\\\"op\\\":\\\"release\\\",\\\"pool\\\":1}";
    assertThat(inShell("\"$0\" apply --data data <(echo \"" + script + "\")"))
        .contains("{\"line\":1,\"status\":\"OK\"")
        .contains("1 lines: 1 OK");
  }

  /** The letter by its bytes: the JVM of this test has a locale, too. */
  @Test
  void shouldTakeArgumentsForUtf8WhateverTheLocale() throws Exception {
    assertThat(
            inShell(
                "\"$0\" apply --data data - </dev/null 2>/dev/null;"
                    + " \"$0\" accounts --data data --account $'M\\xc3\\xbcller'",
                "LC_ALL=C"))
        .isEqualTo(
            "verdant accounts: no account "
                + Long.toUnsignedString(ExternalIds.accountId("M\u00fcller"))
                + "\n");
  }

  @Test
  void shouldFindItselfThoughCdPrints() throws Exception {
    assertThat(inShell("cd \"$(dirname \"$0\")/..\" && bin/verdant --version", "CDPATH=.:/"))
        .startsWith("verdant ");
  }

  @Test
  void shouldSayWhatAnInstallationLacks() throws Exception {
    assertThat(
            inShell(
                "cp -r \"$(dirname \"$0\")\" '"
                    + directory
                    + "' && '"
                    + directory
                    + "/bin/verdant' --version 2>&1 || true"))
        .contains("verdant: no " + directory);
  }

  /** Else it would be unpacked into the directory of temporary files, or that of the process. */
  @Test
  void shouldHaveItsNativeLibraryReady() throws Exception {
    String data = directory.resolve("data").toString();
    assertThat(
            inShell(
                "cd /proc && \"$0\" apply --data '" + data + "' - </dev/null",
                "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/proc"))
        .contains("0 lines");
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
