package dev.verdant.bench.campaign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another ledger or database, in a process with a class path of its own. It is told the name of a
 * run, a line each, and answers with the orders a second that it made of it.
 */
final class Peer implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter orders;
  private final Path log;

  private Peer(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /**
   * Starts a peer.
   *
   * @param module directory of its Maven module, which has been packaged.
   */
  static Peer start(Path module, String mainClass, List<String> arguments, Path log)
      throws IOException {
    final Path libraries = module.resolve("target").resolve("lib");
    if (!Files.isDirectory(libraries)) {
      throw new IOException(module + " has not been built: there is no " + libraries);
    }
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + module.resolve("jvm.options"));
    command.add("-cp");
    command.add(module.resolve("target").resolve("classes") + ":" + libraries + "/*");
    command.add(mainClass);
    command.addAll(arguments);
    return new Peer(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /** Has it make a run; returns its orders a second. */
  double run(String name) throws IOException {
    orders.println(name);
    final String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the peer ended at " + name + ", see " + log);
    }
    return Double.parseDouble(answer);
  }

  @Override
  public void close() {
    orders.close();
    process.destroy();
    process.onExit().join();
  }
}
