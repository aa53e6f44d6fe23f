package dev.verdant.ops.drill.traffic;

import dev.verdant.client.request.Query;
import dev.verdant.client.request.Request;
import dev.verdant.client.result.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Drives a server over several connections from one thread: commands pipelined on any of them,
 * queries between. A server that does not answer for {@value #DEADLINE_SECONDS} seconds hangs,
 * which is a lie like any other; so is one that is gone unasked.
 *
 * <p>Not thread-safe.
 */
public final class Traffic implements AutoCloseable {
  private static final int LINES = 4;
  private static final int COMMANDS_PER_QUERY = 20;
  private static final int OFFERS_PER_POLL = 16;
  private static final int DEADLINE_SECONDS = 120;

  private final SentCommands commands;
  private final SplittableRandom random;
  private final Workload workload;
  private final List<Line> lines = new ArrayList<>();
  private final IdleStrategy idle =
      new BackoffIdleStrategy(20, 50, 1_000, TimeUnit.MICROSECONDS.toNanos(200));
  private Request<?> next;

  /**
   * @param commands takes note of all.
   * @param random makes all choices.
   */
  public Traffic(SentCommands commands, SplittableRandom random) {
    this.commands = commands;
    this.random = random;
    this.workload = new Workload(random.split());
  }

  /** Connects to a server, or to the one that took its place. */
  public void connect(int port) {
    close();
    for (int i = 0; i < LINES; i++) {
      lines.add(new Line(port, commands));
    }
  }

  /** Sends so many commands, queries between, and waits until all are answered. */
  public void drive(int count) {
    for (int sent = 0; sent < count; sent++) {
      send();
    }
    awaitAll();
  }

  /** Sends until so many more are acknowledged, and leaves what is on its way then unanswered. */
  public void driveUntilAcknowledged(long count) {
    long target = commands.acknowledged() + count;
    while (commands.acknowledged() < target) {
      send();
    }
    flush();
  }

  /** Sends without end while this holds; commands that are declined are not sent again here. */
  public void driveWhile(BooleanSupplier condition) {
    while (condition.getAsBoolean() && !isCutOff()) {
      boolean sent = offerNext();
      if (poll() == 0 && !sent) {
        idle.idle();
      } else {
        idle.reset();
      }
    }
  }

  /** Whether the other side is gone on every connection. */
  private boolean isCutOff() {
    return lines.stream().allMatch(Line::isLost);
  }

  /** Sends without waiting for any answer, as far as the windows allow. */
  public void burst(int count) {
    for (int sent = 0; sent < count && offerNext(); sent++) {
      flush();
    }
  }

  /** Sends one batch of commands on one connection that ends with a query, and awaits all of it. */
  public void queryEndsBatch(int count) {
    Line line = lines.get(random.nextInt(LINES));
    for (int i = 0; i < count; i++) {
      Attempt attempt = commands.add(workload.next(), null);
      await(() -> line.offer(attempt), "room");
    }
    await(() -> line.offer(new Query.Sequence()), "room");
    line.flush();
    awaitAll();
  }

  private void send() {
    await(this::offerNext, "room for a command");
    if (random.nextInt(COMMANDS_PER_QUERY) == 0) {
      line().offer(workload.query());
    }
    if (random.nextInt(OFFERS_PER_POLL) == 0) {
      poll();
    }
  }

  private boolean offerNext() {
    if (next == null) {
      next = workload.next();
    }
    Attempt attempt = commands.add(next, null);
    if (line().offer(attempt)) {
      next = null;
      return true;
    }
    commands.remove(attempt);
    return false;
  }

  private Line line() {
    return lines.get(random.nextInt(LINES));
  }

  /** Sends everything again that has no acknowledgement, in its order, and awaits all answers. */
  public void resend() {
    ArrayDeque<Attempt> again = new ArrayDeque<>(commands.takeUndecided());
    Line line = lines.get(0);
    while (!again.isEmpty()) {
      Attempt before = again.poll();
      Attempt attempt = commands.add(before.request(), before);
      await(() -> line.offer(attempt), "room for a command");
    }
    awaitAll();
  }

  /** Asks a question and awaits its answer and all those before. */
  public <R extends Result> R ask(Query<R> query, Class<R> type) {
    Line line = lines.get(0);
    await(() -> line.offer(query), "room for a query");
    awaitAll();
    if (!line.lastResult().accepted()) {
      throw new LieException(query + " was answered " + line.lastResult().outcome());
    }
    return type.cast(line.lastResult());
  }

  /** Waits until every request is answered. */
  public void awaitAll() {
    await(() -> awaited() == 0, "answers");
  }

  /** Takes what a server that is gone had still sent, until every connection has ended. */
  public void awaitEnd() {
    await(this::isCutOff, "the end of the connections");
  }

  private void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (isCutOff()) {
        throw new LieException("the server is gone: every connection ended, waiting for " + what);
      }
      if (poll() > 0) {
        deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        idle.reset();
      } else if (System.nanoTime() - deadline > 0) {
        throw new LieException(
            "the server hangs: waited "
                + DEADLINE_SECONDS
                + " s for "
                + what
                + ", "
                + awaited()
                + " requests are unanswered");
      } else {
        idle.idle();
      }
    }
  }

  private int poll() {
    int count = 0;
    for (Line line : lines) {
      count += line.poll();
    }
    return count;
  }

  private void flush() {
    lines.forEach(Line::flush);
  }

  private int awaited() {
    return lines.stream().mapToInt(Line::awaited).sum();
  }

  @Override
  public void close() {
    lines.forEach(Line::close);
    lines.clear();
  }
}
