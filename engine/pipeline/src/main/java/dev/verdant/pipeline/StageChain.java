package dev.verdant.pipeline;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import dev.verdant.protocol.codec.Durability;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages in the order in which a command passes them, each thread's behind the thread before:
 * {@code verdant-journal}, {@code verdant-core}, {@code verdant-reply}.
 *
 * <p>The gateway need not wake a thread for what it can do itself ({@link #carryOn}): it journals
 * what it has published, which lies in its core's cache, and where that is little it has it applied
 * and answered too. So a lone order passes from socket to socket on one thread, and under load the
 * ledger has a core to itself.
 */
final class StageChain {
  private static final String[] THREAD_NAMES = {"verdant-journal", "verdant-core", "verdant-reply"};

  private final boolean sleeps;
  private final boolean synced;
  private final List<StageProcessor> processors = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Wires the stages, which run from {@link #start} on.
   *
   * @param stagesByThread two or three threads' stages, those of the last answer.
   */
  StageChain(
      List<List<Stage>> stagesByThread,
      RequestRing ring,
      Engine.Context context,
      EngineState state) {
    sleeps = context.idleMode() == IdleMode.BACKOFF;
    synced = context.durability() == Durability.SYNCED;
    Doorbell doorbell = ring.doorbell();
    SequenceBarrier barrier = ring.barrier();
    for (int i = 0; i < stagesByThread.size(); i++) {
      final boolean last = i == stagesByThread.size() - 1;
      final boolean forces = last && synced;
      final Doorbell next = last ? null : new Doorbell(context.idleMode());
      final StageProcessor processor =
          new StageProcessor(
              stagesByThread.get(i),
              barrier,
              doorbell,
              last ? () -> {} : next::ring,
              state,
              // A force is for all who wait.
              forces ? context.ringSize() : context.maxBatch(),
              context.failureListener());
      for (final Stage stage : stagesByThread.get(i)) {
        stage.wakeBy(doorbell);
      }
      final Sequence sequence = processor.getSequence();
      processors.add(processor);
      threads.add(new Thread(processor, THREAD_NAMES[i]));
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
   * journaling, or little; by waking the stages' own threads from there on.
   */
  void carryOn() {
    if (!sleeps) {
      return;
    }
    boolean carried = processors.get(0).carryOn(Long.MAX_VALUE);
    for (int i = 1; carried && i < processors.size(); i++) {
      final boolean forces = synced && i == processors.size() - 1;
      carried = processors.get(i).carryOn(forces ? 0 : StageProcessor.FEW_REQUESTS);
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
      interrupted |= Engine.join(threads.get(i));
    }
    return interrupted;
  }
}
