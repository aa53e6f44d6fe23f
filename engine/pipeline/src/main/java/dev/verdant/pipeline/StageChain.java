package dev.verdant.pipeline;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.thread.EngineThreads;
import dev.verdant.thread.ThreadPriority;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages in the order in which a command passes them, each thread's behind the thread before.
 *
 * <p>The gateway need not wake a thread for what it can do itself ({@link #carryOn}): it journals
 * what it has published, which lies in its core's cache, and where that is little it has it applied
 * and answered too. So a lone order passes from socket to socket on one thread, and under load the
 * ledger has a core to itself. Where answers wait for the disk, the wait is left to a thread of its
 * own: the gateway reads on meanwhile.
 */
final class StageChain {
  /** A thread's stages. */
  record Link(String threadName, ThreadPriority priority, List<Stage> stages) {
    private Thread thread(StageProcessor processor) {
      return new Thread(
          () -> {
            priority.assume();
            processor.run();
          },
          threadName);
    }
  }

  private final boolean carries;

  /** So many processors, from the first, may be carried on by the gateway. */
  private final int carriedCount;

  private final List<StageProcessor> processors = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Wires the stages, which run from {@link #start} on. */
  StageChain(List<Link> links, RequestRing ring, EngineContext context, EngineState state) {
    final boolean synced = context.durability() == Durability.SYNCED;
    carries = context.idleMode() == IdleMode.BACKOFF;
    carriedCount = synced ? links.size() - 1 : links.size();
    Doorbell doorbell = ring.doorbell();
    SequenceBarrier barrier = ring.barrier();
    for (int i = 0; i < links.size(); i++) {
      final Link link = links.get(i);
      final boolean last = i == links.size() - 1;
      final Doorbell next = last ? null : new Doorbell(context.idleMode());
      final StageProcessor processor =
          new StageProcessor(
              link.stages(),
              barrier,
              doorbell,
              last ? () -> {} : next::ring,
              state,
              // A force is for all who wait.
              last && synced ? context.ringSize() : context.maxBatch(),
              context.failureListener());
      for (final Stage stage : link.stages()) {
        stage.wakeBy(doorbell);
      }
      final Sequence sequence = processor.sequence();
      processors.add(processor);
      threads.add(link.thread(processor));
      barrier = ring.barrier(sequence);
      doorbell = next;
      if (last) {
        ring.gateOn(sequence);
      }
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /**
   * Sees to it that what the calling thread has published goes on: on this thread as far as it is
   * journaling, or little; by waking the next thread from there on.
   */
  void carryOn() {
    if (!carries) {
      processors.get(0).wake();
      return;
    }
    boolean carried = processors.get(0).carryOn(Long.MAX_VALUE);
    for (int i = 1; carried && i < carriedCount; i++) {
      carried = processors.get(i).carryOn(StageProcessor.FEW_REQUESTS);
    }
    if (carried && carriedCount < processors.size()) {
      processors.get(carriedCount).wake();
    }
  }

  boolean contains(Thread thread) {
    return threads.contains(thread);
  }

  /**
   * Ends the threads, one after the other, each when it has handled everything.
   *
   * @return whether the caller was interrupted meanwhile.
   */
  boolean close() {
    boolean interrupted = false;
    for (int i = 0; i < processors.size(); i++) {
      processors.get(i).halt();
      interrupted |= EngineThreads.join(threads.get(i));
    }
    return interrupted;
  }
}
