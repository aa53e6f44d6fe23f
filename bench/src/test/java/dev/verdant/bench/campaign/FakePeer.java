package dev.verdant.bench.campaign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A peer that makes nothing but files: one in its directory, one that says how it came to its end.
 * It answers with what it was told. Arguments: the latter, its directory.
 */
final class FakePeer {
  static final String CLEAN = "cleaned up at the end of its orders";
  static final String TOLD = "told to end";

  /** What it does not answer. */
  static final String SILENCE = "silence";

  private FakePeer() {}

  public static void main(String[] args) throws IOException {
    Path end = Path.of(args[0]);
    Thread onSignal = new Thread(() -> write(end, TOLD));
    Runtime.getRuntime().addShutdownHook(onSignal);
    write(Path.of(args[1], "data"), "some");
    System.out.println("ready");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      if (line.equals("die")) {
        throw new IOException("out of order");
      }
      if (!line.equals(SILENCE)) {
        System.out.println(line);
      }
    }
    Runtime.getRuntime().removeShutdownHook(onSignal);
    write(end, CLEAN);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
