package dev.verdant.bench.campaign;

import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.process.AtExit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;

/**
 * Another ledger or database, in a process with a class path and a directory of its own. It says a
 * line when it is ready, {@code ready} or {@code ready PID} where a server does its work in a
 * process tree of its own; then it is told the name of a run, a line each, and answers with the
 * orders a second that it made of it, or, where it has found its accounts to be wrong afterwards,
 * with {@code wrong} and what is. Between its runs all its processes are stopped, so that threads
 * which spin while they wait, or look after what a run has left, take nothing from whoever runs
 * meanwhile.
 */
final class Peer implements AutoCloseable {
  private static final String WRONG = "wrong ";
  private static final int STOP_SECONDS = 60;
  private static final int TERMINATION_SECONDS = 20;

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter orders;
  private final Path directory;
  private final Path log;

  /** What must stand still between the runs: its own processes, and those of its server. */
  private final List<ProcessTree> trees = new CopyOnWriteArrayList<>();

  private Peer(List<String> command, Path directory) throws IOException {
    this.directory = directory;
    this.log = directory.resolveSibling(directory.getFileName() + ".log");
    final ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    this.process = AtExit.begin(builder::start, this::end);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    trees.add(new ProcessTree(process.toHandle()));
  }

  /**
   * Starts a peer and waits until it is ready.
   *
   * @param module directory of its Maven module, which has been packaged.
   * @param arguments of its main class, behind which comes an empty directory for its data.
   * @param directory the peer's, not there yet; deleted at its end.
   */
  static Peer start(Path module, String mainClass, List<String> arguments, Path directory)
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
    command.add(Files.createDirectory(directory).toString());
    final Peer peer = new Peer(command, directory);
    try {
      serverOf(peer.answer("its start")).map(ProcessTree::new).ifPresent(peer.trees::add);
      peer.stop();
      return peer;
    } catch (IOException e) {
      peer.close();
      throw e;
    }
  }

  private static Optional<ProcessHandle> serverOf(String ready) {
    final String[] words = ready.split(" ", 2);
    return words.length == 1 ? Optional.empty() : ProcessHandle.of(Long.parseLong(words[1]));
  }

  /**
   * Has it make a run; returns its orders a second.
   *
   * @throws WrongResultException if it has booked something else than it must.
   * @throws IOException if it has ended.
   */
  double run(String name) throws IOException {
    goOn();
    orders.println(name);
    final String answer = answer(name);
    stop();
    if (answer.startsWith(WRONG)) {
      throw new WrongResultException(
          directory.getFileName() + ": " + answer.substring(WRONG.length()));
    }
    return Double.parseDouble(answer);
  }

  private String answer(String what) throws IOException {
    final String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the peer ended at " + what + ", see " + log.getFileName());
    }
    return answer;
  }

  private void stop() throws IOException {
    for (final ProcessTree tree : trees) {
      tree.stop();
    }
  }

  private void goOn() throws IOException {
    for (final ProcessTree tree : trees) {
      tree.goOn();
    }
  }

  /** Lets it end as its orders have; it stops its server and cleans up before. */
  @Override
  public void close() {
    orders.close();
    goOnToTheEnd();
    awaitEnd(process, STOP_SECONDS);
    end(process);
    AtExit.forget(process);
    IoUtil.delete(directory.toFile(), true);
  }

  /** Ends it and its server: by a signal, and by force what does not end then. */
  private void end(Process peer) {
    goOnToTheEnd();
    peer.destroy();
    awaitEnd(peer, TERMINATION_SECONDS);
    trees.forEach(ProcessTree::kill);
    peer.destroyForcibly().onExit().join();
  }

  /** A stopped process would not even see a signal. */
  private void goOnToTheEnd() {
    try {
      goOn();
    } catch (IOException e) {
      // It stays stopped, then, until it is ended by force.
    }
  }

  private static void awaitEnd(Process peer, int seconds) {
    peer.onExit().completeOnTimeout(peer, seconds, TimeUnit.SECONDS).join();
  }
}
