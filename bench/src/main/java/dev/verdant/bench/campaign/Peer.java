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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;

/**
 * Another ledger or database, in a process with a class path and a directory of its own. It says a
 * line when it is ready, {@code ready} or {@code ready PID} where a server does its work in a
 * process tree of its own; then it is told the name of a run, a line each, and answers with the
 * orders a second that it made of it, or, where it has found its accounts to be wrong afterwards,
 * with {@code wrong} and what is. Between its runs all its processes are stopped, so that threads
 * which spin while they wait, or look after what a run has left, take nothing from whoever runs
 * meanwhile. One that does not answer in time has failed.
 */
final class Peer implements AutoCloseable {
  private static final String WRONG = "wrong ";
  private static final int STOP_SECONDS = 60;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final int TERMINATION_SECONDS = 20;

  /** It makes its accounts meanwhile. */
  private static final long MOST_START_MILLIS = TimeUnit.SECONDS.toMillis(300);

  /** Beyond the time that a run is to take: for the rest of its work and its own checks. */
  private static final long MOST_SILENT_MILLIS = TimeUnit.SECONDS.toMillis(120);

  private final Process process;

  /** What it has said; nothing behind the last of it, once it has ended. */
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

  private final PrintWriter orders;
  private final Path directory;
  private final Path log;
  private final long mostRunMillis;

  /** What must stand still between the runs: its own processes, and those of its server. */
  private final List<ProcessTree> trees = new CopyOnWriteArrayList<>();

  private Peer(List<String> command, Path directory, long mostRunMillis) throws IOException {
    this.directory = directory;
    this.mostRunMillis = mostRunMillis;
    this.log = directory.resolveSibling(directory.getFileName() + ".log");
    final ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    // The launcher's, for Verdant's own memory: a careful user of the peer would not have it.
    builder.environment().remove("GLIBC_TUNABLES");
    this.process = AtExit.begin(builder::start, this::end);
    this.orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    trees.add(new ProcessTree(process.toHandle()));
    final Thread reader = new Thread(this::readAnswers, "bench-peer-answers");
    reader.setDaemon(true);
    reader.start();
  }

  private void readAnswers() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(Optional.of(line));
      }
    } catch (IOException e) {
      // It has ended, then, or is being ended.
    } finally {
      answers.add(Optional.empty());
    }
  }

  /**
   * Starts a peer and waits until it is ready.
   *
   * @param module directory of its Maven module, which has been packaged.
   * @param arguments of its main class, behind which comes an empty directory for its data.
   * @param directory the peer's, not there yet; deleted at its end.
   * @param runMillis that a run is to take; it fails if it takes two minutes more.
   * @throws IOException if it has not been built, does not start, or is not ready in time.
   */
  static Peer start(
      Path module, String mainClass, List<String> arguments, Path directory, long runMillis)
      throws IOException {
    return startWithin(module, mainClass, arguments, directory, runMillis + MOST_SILENT_MILLIS);
  }

  /**
   * The same.
   *
   * @param mostRunMillis that a run may take.
   */
  static Peer startWithin(
      Path module, String mainClass, List<String> arguments, Path directory, long mostRunMillis)
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
    final Peer peer = new Peer(command, directory, mostRunMillis);
    try {
      serverOf(peer.answer("its start", MOST_START_MILLIS))
          .map(ProcessTree::new)
          .ifPresent(peer.trees::add);
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
   * @throws IOException if it ends, does not answer in time, or made no orders.
   */
  double run(String name) throws IOException {
    goOn();
    orders.println(name);
    final String answer = answer(name, mostRunMillis);
    stop();
    if (answer.startsWith(WRONG)) {
      throw new WrongResultException(
          directory.getFileName() + ": " + answer.substring(WRONG.length()));
    }
    return rate(name, answer);
  }

  /** None at all would make ours infinitely many times as many. */
  private static double rate(String name, String answer) throws IOException {
    try {
      final double rate = Double.parseDouble(answer);
      if (rate > 0 && Double.isFinite(rate)) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // as little a rate as none
    }
    throw new IOException("the peer answered no orders a second at " + name + ": " + answer);
  }

  private String answer(String what, long mostMillis) throws IOException {
    final Optional<String> answer = nextAnswer(mostMillis);
    if (answer == null) {
      throw new IOException(
          String.format(
              "the peer has said nothing for %.1f s at %s, see %s",
              mostMillis / MILLIS_PER_SECOND, what, log.getFileName()));
    }
    if (answer.isEmpty()) {
      answers.add(answer);
    }
    return answer.orElseThrow(
        () -> new IOException("the peer ended at " + what + ", see " + log.getFileName()));
  }

  /** Empty where it has ended, null where it is silent. */
  private Optional<String> nextAnswer(long mostMillis) throws IOException {
    try {
      return answers.poll(mostMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
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
