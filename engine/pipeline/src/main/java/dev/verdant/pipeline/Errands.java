package dev.verdant.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Rare work that other threads ask of a stage: done on the stage's thread between two batches,
 * whether batches come or not, in the order of asking. Costs the stage one read a batch while
 * nobody asks.
 */
final class Errands {
  private final EngineState state;
  private final AtomicReference<Errand<?>> newest = new AtomicReference<>();
  private Doorbell doorbell;

  Errands(EngineState state) {
    this.state = state;
  }

  /** Says what wakes the stage; before its thread starts. */
  void wakeBy(Doorbell newDoorbell) {
    doorbell = newDoorbell;
  }

  /**
   * Asks for work; any thread.
   *
   * @param discard takes a result that nobody waits for any more.
   * @return completes on the stage's thread; fails with what the work threw, which also makes the
   *     engine fail, or with an {@link IllegalStateException} when the engine has failed or closes.
   */
  <T> CompletableFuture<T> ask(Supplier<T> work, Consumer<? super T> discard) {
    final Errand<T> errand = new Errand<>(work, discard);
    do {
      errand.older = newest.get();
    } while (!newest.compareAndSet(errand.older, errand));
    doorbell.ring();
    if (areRefused()) {
      // The stage may have looked for the last time before the errand was there.
      refuseAll();
    }
    return errand.result;
  }

  /** Whether nothing that is asked from now on will be done; any thread. */
  boolean areRefused() {
    return state.isClosed() || state.hasFailed();
  }

  /** The stage's: does what has been asked. */
  void run() {
    if (newest.getAcquire() != null) {
      runAll();
    }
  }

  private void runAll() {
    if (state.hasFailed()) {
      refuseAll();
      return;
    }
    Errand<?> errand = inOrderOfAsking(newest.getAndSet(null));
    while (errand != null) {
      try {
        errand.run();
      } catch (Throwable cause) {
        refuse(errand.older, new IllegalStateException("the engine has failed", cause));
        throw cause;
      }
      errand = errand.older;
    }
  }

  /** Refuses what nobody will do any more; any thread. */
  void refuseAll() {
    final IllegalStateException why =
        state.hasFailed()
            ? new IllegalStateException("the engine has failed", state.failure())
            : new IllegalStateException("the engine is closed");
    refuse(newest.getAndSet(null), why);
  }

  private static void refuse(Errand<?> first, IllegalStateException why) {
    for (Errand<?> errand = first; errand != null; errand = errand.older) {
      errand.result.completeExceptionally(why);
    }
  }

  private static Errand<?> inOrderOfAsking(Errand<?> newestFirst) {
    Errand<?> reversed = null;
    Errand<?> errand = newestFirst;
    while (errand != null) {
      final Errand<?> older = errand.older;
      errand.older = reversed;
      reversed = errand;
      errand = older;
    }
    return reversed;
  }

  private static final class Errand<T> {
    private final Supplier<T> work;
    private final Consumer<? super T> discard;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private Errand<?> older;

    Errand(Supplier<T> work, Consumer<? super T> discard) {
      this.work = work;
      this.discard = discard;
    }

    void run() {
      final T value;
      try {
        value = work.get();
      } catch (Throwable cause) {
        result.completeExceptionally(cause);
        throw cause;
      }
      if (!result.complete(value)) {
        discard.accept(value);
      }
    }
  }
}
