package dev.verdant.ops.demo;

import dev.verdant.client.request.Request;
import dev.verdant.client.result.Result;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.RemoteSession;
import dev.verdant.protocol.ConnectionLostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * The demo's way to the server: pipelined, timed, and aware of what has no answer yet, so that it
 * can be sent again after the server was killed. Sending again is safe: orders carry ids, releases
 * their day.
 */
final class DemoLink implements AutoCloseable {
  private static final int WINDOW = 256;
  private static final int DEADLINE_SECONDS = 30;
  private static final long MAX_LATENCY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final ArrayDeque<Sent<?>> unanswered = new ArrayDeque<>();
  private final Histogram latencyNanos = new Histogram(MAX_LATENCY_NANOS, 3);
  private RemoteSession session;
  private Exchange exchange;
  private long lastSequence;

  /** Connects to a server, or to the one that took its place. */
  void connect(int port) {
    session = RemoteSession.connect("127.0.0.1", port);
    exchange = new Exchange(session.connection(), WINDOW, DEADLINE_SECONDS);
  }

  /** The exchange itself, for queries. */
  Exchange exchange() {
    return exchange;
  }

  <R extends Result> void send(Request<R> command, Consumer<? super R> onResult) {
    exchange.awaitRoom();
    exchange.send(command, track(command, onResult)::onResult);
  }

  /** Sends without waiting for any answer; false where there is no room for more. */
  <R extends Result> boolean sendBlindly(Request<R> command, Consumer<? super R> onResult) {
    Sent<R> sent = track(command, onResult);
    if (exchange.post(command, sent::onResult)) {
      return true;
    }
    unanswered.removeLast();
    return false;
  }

  private <R extends Result> Sent<R> track(Request<R> command, Consumer<? super R> onResult) {
    Sent<R> sent = new Sent<>(command, onResult);
    unanswered.addLast(sent);
    return sent;
  }

  void awaitAll() {
    exchange.awaitAll();
  }

  /** Takes the answers that a dead server had still sent; returns how many it left without. */
  int takeLastAnswers() {
    try {
      exchange.awaitAll();
    } catch (ConnectionLostException e) {
      session.close();
    }
    return unanswered.size();
  }

  /** Sends everything again that has no answer, in its order. */
  void resend() {
    List<Sent<?>> lost = new ArrayList<>(unanswered);
    unanswered.clear();
    for (Sent<?> sent : lost) {
      sent.resend();
    }
    exchange.awaitAll();
  }

  /** Highest sequence of an answer. */
  long lastSequence() {
    return lastSequence;
  }

  /** Time from a send to its answer, pauses by the kill left out. */
  Histogram latencyNanos() {
    return latencyNanos;
  }

  @Override
  public void close() {
    session.close();
  }

  private final class Sent<R extends Result> {
    private final Request<R> command;
    private final Consumer<? super R> onResult;
    private final long sentNanos = System.nanoTime();
    private boolean resent;

    Sent(Request<R> command, Consumer<? super R> onResult) {
      this.command = command;
      this.onResult = onResult;
    }

    void resend() {
      resent = true;
      unanswered.addLast(this);
      exchange.send(command, this::onResult);
    }

    void onResult(R result) {
      unanswered.removeFirst();
      lastSequence = Math.max(lastSequence, result.sequence());
      if (!resent) {
        latencyNanos.recordValue(Math.min(MAX_LATENCY_NANOS, System.nanoTime() - sentNanos));
      }
      onResult.accept(result);
    }
  }
}
