package dev.verdant.memory;

/**
 * When who reads a cut leaves the machine to others. Asked on the thread that reads, never inside a
 * copy, so that the writer waits for nothing meanwhile; it must not use the cut.
 */
public interface ReaderPace {
  /** Never rests. */
  ReaderPace UNBROKEN =
      new ReaderPace() {
        @Override
        public void afterCopies() {}

        @Override
        public void afterAbandoned() {}
      };

  /** Asked each time some 128 KiB have been copied. What it throws ends the reading. */
  void afterCopies();

  /** Asked before the reader is told that its cut has been given up, each time that it is told. */
  void afterAbandoned();
}
