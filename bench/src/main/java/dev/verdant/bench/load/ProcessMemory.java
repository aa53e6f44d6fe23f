package dev.verdant.bench.load;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process takes of the machine's memory. */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final long KIB = 1024;

  private ProcessMemory() {}

  /**
   * Resident bytes of the process: heap, off heap, code, threads.
   *
   * @throws IOException if the system does not tell: only Linux does, in {@code /proc}.
   */
  public static long residentBytes() throws IOException {
    for (final String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(RESIDENT)) {
        return KIB * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException(STATUS + " has no " + RESIDENT);
  }

  /**
   * Bytes that the heap may have, as the JVM was started (-Xmx). {@link Runtime#maxMemory} tells
   * less: with some collectors a part of them is always empty.
   */
  public static long heapBoundBytes() {
    return Long.parseLong(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("MaxHeapSize")
            .getValue());
  }

  /** Bytes of heap that are left in use after a collection, which this brings about. */
  public static long heapBytesCollected() {
    ManagementFactory.getMemoryMXBean().gc();
    return heapBytes();
  }

  /** Bytes of heap in use. */
  public static long heapBytes() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
