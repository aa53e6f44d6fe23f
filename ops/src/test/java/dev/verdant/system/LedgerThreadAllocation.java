package dev.verdant.system;

import com.sun.management.ThreadMXBean;
import dev.verdant.thread.EngineThreads;
import java.lang.management.ManagementFactory;

/** What the ledger thread allocates, by the JVM's own count. */
final class LedgerThreadAllocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long threadId;
  private final long bytesBefore;

  private LedgerThreadAllocation(long threadId) {
    this.threadId = threadId;
    this.bytesBefore = THREADS.getThreadAllocatedBytes(threadId);
  }

  /** Counts from here on. */
  static LedgerThreadAllocation start() {
    return new LedgerThreadAllocation(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals(EngineThreads.LEDGER))
            .mapToLong(Thread::getId)
            .findFirst()
            .orElseThrow());
  }

  /** Bytes since the start. */
  long bytes() {
    return THREADS.getThreadAllocatedBytes(threadId) - bytesBefore;
  }
}
