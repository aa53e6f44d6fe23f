package dev.verdant.ops.drill.traffic;

import dev.verdant.client.TcpMessageConnection;
import dev.verdant.client.request.Query;
import dev.verdant.client.result.Reply;
import dev.verdant.client.result.Result;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.MessageHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One connection, with what it has sent and not got an answer to. */
final class Line implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);
  private static final int WINDOW = 256;
  private final TcpMessageConnection connection;
  private final SentCommands commands;
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private final MessageHandler handler = this::onReply;
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[Limits.MAX_MESSAGE_LENGTH]);
  private final Reply reply = new Reply();
  private long lastSequence;
  private Result lastResult;
  private boolean lost;

  Line(int port, SentCommands commands) {
    this.connection = TcpMessageConnection.connect("127.0.0.1", port, CONNECT_TIMEOUT);
    this.commands = commands;
  }

  /** Either a command or a query. */
  private record Pending(Attempt command, Query<?> query) {}

  /** Hands over a command; false if there is no room for it or nobody on the other side. */
  boolean offer(Attempt attempt) {
    UnsafeBuffer bytes = attempt.message();
    return offer(bytes, bytes.capacity(), new Pending(attempt, null));
  }

  /** Hands over a query; false if there is no room for it or nobody on the other side. */
  boolean offer(Query<?> query) {
    return offer(message, query.encode(message, 0, 0), new Pending(null, query));
  }

  private boolean offer(UnsafeBuffer buffer, int length, Pending request) {
    try {
      if (lost || pending.size() >= WINDOW || !connection.offer(buffer, 0, length)) {
        return false;
      }
      pending.addLast(request);
      return true;
    } catch (ConnectionLostException e) {
      return false; // what has arrived is still to be polled
    }
  }

  void flush() {
    connection.flush();
  }

  /** Takes the answers that have arrived, and returns their number. */
  int poll() {
    if (lost) {
      return 0;
    }
    try {
      return connection.poll(handler);
    } catch (ConnectionLostException e) {
      lost = true;
      return 0;
    }
  }

  private void onReply(DirectBuffer buffer, int offset, int length) {
    Pending request = pending.removeFirst();
    if (request.command != null) {
      commands.onReply(request.command, buffer, offset, length);
      lastSequence = Math.max(lastSequence, request.command.sequence());
    } else {
      onAnswer(request.query.decode(reply.wrap(buffer, offset, length, false)), request.query);
    }
  }

  private void onAnswer(Result result, Query<?> query) {
    lastResult = result;
    boolean sees = query instanceof Query.Ping || result.sequence() >= lastSequence;
    if (result.outcome().accepted() && !sees) {
      throw new LieException(
          query
              + " was answered as of sequence "
              + result.sequence()
              + ", after "
              + lastSequence
              + " had been acknowledged on the same connection");
    }
    if (result instanceof TrialBalanceResult balance && balance.accepted()) {
      requireBalanced(balance);
    }
  }

  private static void requireBalanced(TrialBalanceResult balance) {
    if (!balance.imbalances().isEmpty()) {
      throw new LieException(
          "the books do not balance at sequence "
              + balance.sequence()
              + ": "
              + balance.imbalances());
    }
  }

  /** The answer to the last query. */
  Result lastResult() {
    return lastResult;
  }

  /** Requests without an answer, which may still come. */
  int awaited() {
    return lost ? 0 : pending.size();
  }

  /** Whether the other side is gone, and all that it had sent has been taken. */
  boolean isLost() {
    return lost;
  }

  @Override
  public void close() {
    lost = true;
    connection.close();
  }
}
