package dev.verdant.system;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the core thread allocates, by the JVM's own count. */
final class CoreAllocation {
  private static final String CORE_THREAD = "verdant-core";
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long threadId;
  private final long bytesBefore;

  private CoreAllocation(long threadId) {
    this.threadId = threadId;
    this.bytesBefore = THREADS.getThreadAllocatedBytes(threadId);
  }

  /** Counts from here on. */
  static CoreAllocation start() {
    return new CoreAllocation(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals(CORE_THREAD))
            .mapToLong(Thread::getId)
            .findFirst()
            .orElseThrow());
  }

  /** Bytes since the start. */
  long bytes() {
    return THREADS.getThreadAllocatedBytes(threadId) - bytesBefore;
  }
}
