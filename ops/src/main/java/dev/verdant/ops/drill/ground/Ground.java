package dev.verdant.ops.drill.ground;

import dev.verdant.client.request.Query;
import dev.verdant.client.result.DigestResult;
import dev.verdant.client.result.SequenceResult;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.ops.drill.traffic.LieException;
import dev.verdant.ops.drill.traffic.SentCommands;
import dev.verdant.ops.drill.traffic.Traffic;
import dev.verdant.ops.drill.traffic.Witness;
import dev.verdant.ops.process.JavaCommand;
import dev.verdant.ops.process.ServerLaunch;
import dev.verdant.ops.process.ServerProcess;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.view.LedgerViews;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A data directory, the server process on it, its traffic, and the witness beside. Steps of a drill
 * are put together from what this offers; each step checks what can be checked then.
 *
 * <p>Not thread-safe.
 */
public final class Ground implements AutoCloseable {
  /** Often enough for a few of them in each life. */
  private static final List<String> SNAPSHOTS =
      List.of("--snapshot-every-commands", "700", "--snapshot-every-minutes", "0");

  private static final int COMMANDS_AFTER_RECOVERY = 200;

  private final Path home;
  private final Path data;
  private final SentCommands commands;
  private final Witness witness = new Witness();
  private final Traffic traffic;
  private final boolean systemClock;
  private final List<String> prefix = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final PrintWriter log;
  private ServerProcess server;
  private boolean synced;
  private int kills;
  private long keptUnanswered;
  private long recoveryNanos;

  /**
   * @param home directory of the ground; made where it is not there.
   * @param random makes all choices of its traffic.
   * @param systemClock whether the server gives the time.
   */
  public Ground(Path home, SplittableRandom random, boolean systemClock) throws IOException {
    this.home = Files.createDirectories(home);
    this.data = home.resolve("data");
    this.systemClock = systemClock;
    this.commands = new SentCommands(systemClock);
    this.traffic = new Traffic(commands, random);
    this.log =
        new PrintWriter(
            Files.newBufferedWriter(
                home.resolve("server.log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** Data directory of the server. */
  public Path data() {
    return data;
  }

  /** Where files may be put aside. */
  public Path home() {
    return home;
  }

  /** Its connections. */
  public Traffic traffic() {
    return traffic;
  }

  /** What was sent and answered. */
  public SentCommands commands() {
    return commands;
  }

  /** The process that runs, or ran last. */
  public ServerProcess server() {
    return server;
  }

  /** Servers killed so far. */
  public int kills() {
    return kills;
  }

  /** What the running server promises. */
  public String durability() {
    return synced ? "synced" : "written";
  }

  /** Starts servers through a program from now on; none if it is empty. */
  public void startThrough(List<String> program) {
    prefix.clear();
    prefix.addAll(program);
  }

  /** Starts servers with these further options from now on. */
  public void startWith(List<String> serveOptions) {
    options.clear();
    options.addAll(serveOptions);
  }

  /** Starts a server without waiting for it; each promises the other durability than the last. */
  public ServerProcess launch() throws IOException {
    synced = !synced;
    List<String> serve = new ArrayList<>(options);
    serve.addAll(SNAPSHOTS);
    serve.addAll(List.of("--durability", durability(), "--release-at", "off"));
    serve.addAll(List.of("--clock", systemClock ? "system" : "commands"));
    server =
        new ServerLaunch(data)
            .through(prefix)
            .jvmFlags(JavaCommand.SHORT_LIVED)
            .options(serve)
            .log(this::log)
            .start();
    return server;
  }

  private void log(String line) {
    log.println(line);
    log.flush();
  }

  /**
   * Starts a server, and holds what it has recovered against the witness.
   *
   * @return from the start of the process to its first answer, in nanoseconds.
   */
  public long start() throws IOException {
    long startNanos = System.nanoTime();
    int port = launch().port();
    return takeUp(port, startNanos);
  }

  /**
   * Starts a server that may refuse; one that does not is held against the witness.
   *
   * @return why it refused, empty if it serves.
   */
  public Optional<Refusal> startUnlessRefused() throws IOException {
    long startNanos = System.nanoTime();
    ServerProcess launched = launch();
    int port;
    try {
      port = launched.port();
    } catch (CommandFailure e) {
      return Optional.of(Refusal.of(launched.awaitEnd(), launched.lines()));
    }
    takeUp(port, startNanos);
    return Optional.empty();
  }

  private long takeUp(int port, long startNanos) {
    traffic.connect(port);
    long sequence = traffic.ask(new Query.Sequence(), SequenceResult.class).sequence();
    long durationNanos = System.nanoTime() - startNanos;
    if (sequence != witness.sequence()) {
      throw new LieException(
          "the journal was kept up to sequence "
              + witness.sequence()
              + ", the start recovered up to "
              + sequence);
    }
    compare();
    recoveryNanos = durationNanos;
    return durationNanos;
  }

  /** What the last start took, from the start of the process to its first answer. */
  public long recoveryNanos() {
    return recoveryNanos;
  }

  /** After a start: everything unanswered is sent again, and more, and the state still agrees. */
  public void goOn() {
    traffic.resend();
    traffic.drive(COMMANDS_AFTER_RECOVERY);
    if (!systemClock) { // else the times stand in the journal only, and the next survey compares
      compareAfterFollowing();
    }
  }

  /** Lets the witness do what was acknowledged, and compares; when everything is answered. */
  public void compareAfterFollowing() {
    witness.follow(commands);
    compare();
  }

  /** Holds digest and books of the running server against the witness. */
  public void compare() {
    traffic.ask(new Query.TrialBalance(), TrialBalanceResult.class);
    DigestResult found = traffic.ask(new Query.Digest(), DigestResult.class);
    String digest = LedgerViews.hex(found);
    String expected = LedgerViews.hex(witness.digest());
    if (found.sequence() != witness.sequence() || !digest.equals(expected)) {
      throw new LieException(
          "the digest at sequence "
              + found.sequence()
              + " is "
              + digest
              + ", an undisturbed ledger has "
              + expected
              + " at "
              + witness.sequence());
    }
  }

  /** Kills the server (SIGKILL), takes its last answers, and looks at what it left. */
  public void kill() throws IOException {
    server.kill();
    afterKill();
  }

  /** The same, but after so long, and going on to send until it is dead. */
  public void killUnderLoad(long afterNanos) throws IOException {
    Executor later = CompletableFuture.delayedExecutor(afterNanos, TimeUnit.NANOSECONDS);
    CompletableFuture<Void> killed = CompletableFuture.runAsync(server::kill, later);
    traffic.driveWhile(server::isAlive);
    killed.join();
    afterKill();
  }

  private void afterKill() throws IOException {
    kills++;
    traffic.awaitEnd();
    survey();
  }

  /** Kills a server that may not serve yet, and looks at what it left. */
  public void killBeforeItServes() throws IOException {
    server.kill();
    kills++;
    survey();
  }

  /**
   * Tells the server to stop (SIGTERM), goes on sending until it has, and looks at what it left:
   * nothing may have been taken without an answer.
   *
   * @return from the signal to the end of the process, in nanoseconds.
   */
  public long stop() throws IOException {
    long startNanos = System.nanoTime();
    server.terminate();
    traffic.driveWhile(server::isAlive);
    int status = server.awaitEnd();
    long durationNanos = System.nanoTime() - startNanos;
    traffic.awaitEnd();
    if (status != 0) {
      throw new LieException("a stop by SIGTERM ended with exit status " + status);
    }
    survey();
    return durationNanos;
  }

  /** Reads the journal that no server has open: everything acknowledged must be there. */
  public void survey() throws IOException {
    VerificationReport report = JournalVerifier.verify(data, commands::onKept);
    if (!report.sound()) {
      throw new LieException(
          "no start is possible, and nobody has damaged it: " + report.fault().orElseThrow());
    }
    commands.requireKept(report.lastSequence());
    keptUnanswered = commands.unacknowledgedKept();
    witness.follow(commands);
  }

  /** What the last survey found, for the report. */
  public String found() {
    return "all kept; of "
        + commands.unacknowledged()
        + " unanswered "
        + keptUnanswered
        + " kept too";
  }

  /** Last sequence that is known to be kept. */
  public long lastKept() {
    return witness.sequence();
  }

  @Override
  public void close() {
    traffic.close();
    if (server != null && server.isAlive()) {
      server.kill();
    }
    witness.close();
    log.close();
  }
}
