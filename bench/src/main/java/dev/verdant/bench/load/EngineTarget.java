package dev.verdant.bench.load;

import dev.verdant.bench.workload.MessageSource;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.MessageHandler;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An engine with its journal in this process: ring, journal, ledger and replies, no socket. */
public final class EngineTarget implements LoadTarget {
  private final DataDirectory directory;
  private final Engine engine;
  private final MessageConnection connection;
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[MessageSource.MAX_LENGTH]);
  private final MessageHandler onMessage = this::onMessage;
  private ReplyHandler handler;
  private long nextReply;

  private EngineTarget(DataDirectory directory) {
    this.directory = directory;
    this.engine =
        Engine.launch(
            new EngineContext()
                .ledger(directory.ledger())
                .journal(directory.journal())
                .clockMode(ClockMode.COMMANDS)
                .failureListener(cause -> {}));
    this.connection = engine.connect();
  }

  /** An engine on an empty directory, acknowledging what is written. */
  public static EngineTarget launch(Path path) throws IOException {
    return launch(path, Durability.WRITTEN);
  }

  /**
   * An engine on an empty directory.
   *
   * @param durability what has happened to a command in the journal when it is acknowledged.
   */
  public static EngineTarget launch(Path path, Durability durability) throws IOException {
    return new EngineTarget(DataDirectory.open(path, new JournalOptions().conclude(), durability));
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // lets the ledger thread go first
  public long run(
      MessageSource source, long from, long to, ReplyHandler replies, Timeline timeline) {
    handler = replies;
    nextReply = from;
    final long start = System.nanoTime();
    long next = from;
    int length = next < to ? source.encode(next, message, 0) : 0;
    while (nextReply < to) {
      while (next < to && connection.offer(message, 0, length)) {
        next++;
        length = next < to ? source.encode(next, message, 0) : 0;
      }
      final int answered = connection.poll(onMessage);
      if (answered > 0) {
        timeline.record(System.nanoTime() - start, answered);
      } else {
        Thread.yield();
      }
    }
    final long nanos = System.nanoTime() - start;
    timeline.endStretch(nanos);
    return nanos;
  }

  private void onMessage(DirectBuffer buffer, int offset, int length) {
    final long number = Frame.correlationId(buffer, offset);
    if (number != nextReply) {
      throw new WrongResultException("reply to " + number + " instead of " + nextReply);
    }
    handler.onReply(number, buffer, offset, length);
    nextReply++;
  }

  @Override
  public void close() {
    CloseHelper.closeAll(connection, engine);
    try {
      directory.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the engine's directory", e);
    }
  }
}
