package dev.verdant.bench.load;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.verdant.thread.EngineThreads;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks into another JVM of this machine: what its threads allocate, how often it collects. */
public final class JvmProbe implements AutoCloseable {
  /** Threads that every server has, and one that some have. */
  private static final Set<String> HOT_THREADS =
      Set.of(EngineThreads.GATEWAY, EngineThreads.JOURNAL, EngineThreads.LEDGER);

  private final JMXConnector connector;
  private final MBeanServerConnection connection;
  private final ThreadMXBean threads;

  private JvmProbe(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.connection = connector.getMBeanServerConnection();
    this.threads =
        ManagementFactory.newPlatformMXBeanProxy(
            connection, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
  }

  /**
   * Attaches to a process of the same user.
   *
   * @throws IOException if it cannot be attached to.
   */
  @SuppressWarnings("BanJNDI") // the address comes from a process that we started ourselves
  public static JvmProbe attach(long pid) throws IOException {
    try {
      final VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        final String address = machine.startLocalManagementAgent();
        return new JvmProbe(JMXConnectorFactory.connect(new JMXServiceURL(address)));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("cannot attach to process " + pid, e);
    }
  }

  /**
   * Bytes that gateway, journal, ledger and reply threads have allocated so far.
   *
   * @throws WrongResultException if one of them is not found.
   */
  public long allocatedBytes() {
    final Set<String> missing = new HashSet<>(HOT_THREADS);
    long bytes = 0;
    for (final var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && isHot(thread.getThreadName())) {
        bytes += threads.getThreadAllocatedBytes(thread.getThreadId());
        missing.remove(thread.getThreadName());
      }
    }
    if (!missing.isEmpty()) {
      throw new WrongResultException("the process has no " + missing);
    }
    return bytes;
  }

  private static boolean isHot(String thread) {
    return HOT_THREADS.contains(thread) || thread.equals(EngineThreads.REPLY);
  }

  /** Garbage collections so far. */
  public long collections() throws IOException {
    return ManagementFactory.getPlatformMXBeans(connection, GarbageCollectorMXBean.class).stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
