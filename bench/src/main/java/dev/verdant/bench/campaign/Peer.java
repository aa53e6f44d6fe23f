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
 * Another ledger or database, in a process with a class path of its own. It says a line when it is
 * ready; then it is told the name of a run, a line each, and answers with the orders a second that
 * it made of it. Between its runs it is stopped, so that threads which spin while they wait take
 * nothing from whoever runs meanwhile.
 */
final class Peer implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter orders;
  private final Path log;
  private final Thread onExit;

  private Peer(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.onExit = new Thread(this::end, "bench-peer-end");
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /**
   * Starts a peer and waits until it is ready.
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
    final Peer peer =
        new Peer(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
    try {
      peer.answer("its start");
      return peer;
    } catch (IOException e) {
      peer.close();
      throw e;
    }
  }

  /** Has it make a run; returns its orders a second. */
  double run(String name) throws IOException {
    signal("CONT");
    orders.println(name);
    final String answer = answer(name);
    signal("STOP");
    return Double.parseDouble(answer);
  }

  private String answer(String what) throws IOException {
    final String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the peer ended at " + what + ", see " + log);
    }
    return answer;
  }

  private void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().onExit().join();
  }

  /** Lets it go on, to its end: a stopped process would not even see the signal. */
  private void end() {
    try {
      signal("CONT");
    } catch (IOException e) {
      process.destroyForcibly();
    }
    process.destroy();
  }

  @Override
  public void close() {
    orders.close();
    end();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(onExit);
  }
}
