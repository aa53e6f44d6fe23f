package dev.verdant.memory;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The readers of all cuts that have not been closed. Any thread, without locks. */
final class ReaderRegistry {
  private final AtomicReference<CutReader[]> readers = new AtomicReference<>(new CutReader[0]);
  private final AtomicLong leaked = new AtomicLong();

  void add(CutReader reader) {
    readers.updateAndGet(
        before -> {
          final CutReader[] after = Arrays.copyOf(before, before.length + 1);
          after[before.length] = reader;
          return after;
        });
  }

  void remove(CutReader reader) {
    readers.updateAndGet(
        before -> Arrays.stream(before).filter(other -> other != reader).toArray(CutReader[]::new));
  }

  void countLeak() {
    leaked.incrementAndGet();
  }

  /** How many were dropped without being closed, so far. */
  long leaked() {
    return leaked.get();
  }

  /** Not to be changed. */
  CutReader[] all() {
    return readers.get();
  }
}
