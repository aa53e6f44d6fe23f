package dev.verdant.journal.recovery;

import dev.verdant.journal.scan.CheckedCommands;
import dev.verdant.pipeline.CommandBatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.agrona.DirectBuffer;

/**
 * Lets one thread read and check a journal while the caller's applies what has been checked. The
 * commands go over in chunks, copied once, of which there are few: a reader that is ahead waits.
 *
 * <p>What the caller's thread is given is what the same reading would have given it on that thread,
 * in the same order, however the reading ends: a fault, an exception and the end of the journal all
 * come after everything that was right before them. Whichever thread fails ends the other, and
 * {@link #run} returns or throws when both are done.
 *
 * @param <R> what the reading finds.
 */
final class CommandHandOver<R> {
  /** What reads: hands on what it has checked, and returns what it has found. */
  @FunctionalInterface
  interface Reading<R> {
    R into(CheckedCommands sink) throws IOException;
  }

  /** Enough that neither thread waits for the other's moment: some tens of thousands of orders. */
  private static final int MOST_CHUNKS = 8;

  private final BlockingQueue<CommandChunk> full = new ArrayBlockingQueue<>(MOST_CHUNKS + 1);
  private final BlockingQueue<CommandChunk> empty = new ArrayBlockingQueue<>(MOST_CHUNKS);
  private final FutureTask<R> reading;
  private final Thread reader = new Thread(this::read, "verdant-journal-reader");

  /** Comes behind all others and holds nothing. */
  private final CommandChunk last = new CommandChunk(0);

  /** The reader's: all that it has made, as many as the journal needs. */
  private final List<CommandChunk> chunks = new ArrayList<>();

  /** The reader's: the one that it fills, null if it has none. */
  private CommandChunk filling;

  private CommandHandOver(Reading<R> reading) {
    this.reading = new FutureTask<>(() -> reading.into(this::onCommands));
  }

  /**
   * Reads on a thread of its own and hands what has been checked to the sink, on the caller's.
   *
   * @return what the reading has found.
   * @throws InterruptedIOException if the caller is interrupted meanwhile, which it stays.
   * @throws IOException the reading's own, as are all its other exceptions.
   */
  static <R> R run(Reading<R> reading, CheckedCommands sink) throws IOException {
    final CommandHandOver<R> handOver = new CommandHandOver<>(reading);
    try {
      handOver.reader.start();
      handOver.drainTo(sink);
      return handOver.reading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the journal was read");
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      handOver.endReader();
      handOver.chunks.forEach(CommandChunk::free);
    }
  }

  private static IOException rethrown(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (IOException) cause;
  }

  /** Nobody takes any more what it reads, if it still does. */
  private void endReader() {
    boolean interrupted = false;
    while (reader.isAlive()) {
      reader.interrupt();
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void drainTo(CheckedCommands sink) throws InterruptedException {
    for (CommandChunk chunk = full.take(); chunk != last; chunk = full.take()) {
      chunk.emptyInto(sink);
      empty.add(chunk);
    }
  }

  private void read() {
    reading.run();
    try {
      handOver();
      full.put(last);
    } catch (InterruptedException e) {
      // The caller's thread has failed, and does not wait for them.
      Thread.currentThread().interrupt();
    }
  }

  private void onCommands(long firstSequence, int count, DirectBuffer buffer, int offset) {
    int at = offset;
    for (int i = 0; i < count; i++) {
      final int length = CommandBatch.encodedLength(CommandBatch.messageLength(buffer, at));
      if (filling == null || !filling.takes(firstSequence + i, length)) {
        next();
      }
      filling.add(firstSequence + i, buffer, at, length);
      at += length;
    }
  }

  private void next() {
    try {
      handOver();
      filling = empty.poll();
      if (filling == null) {
        filling = chunks.size() < MOST_CHUNKS ? made() : empty.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("nobody takes what is read any more");
    }
  }

  private void handOver() throws InterruptedException {
    if (filling != null) {
      final CommandChunk filled = filling;
      filling = null;
      full.put(filled);
    }
  }

  private CommandChunk made() {
    final CommandChunk chunk = new CommandChunk(CommandChunk.CAPACITY);
    chunks.add(chunk);
    return chunk;
  }
}
