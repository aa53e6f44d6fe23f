package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Ports of servers that are told theirs. */
final class Ports {
  private static final int ATTEMPTS = 100;
  private static final int SECONDS = 60;

  private Ports() {}

  /**
   * One below those that the system gives to whoever asks for any, so that nobody gets it before
   * the server, and not the other one that is wanted.
   */
  static int free(int other) throws IOException {
    int end = firstPortGivenToAnybody();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(end / 2, end);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (port != other) {
          return socket.getLocalPort();
        }
      } catch (BindException e) {
        // Another program's.
      }
    }
    throw new IOException("no port is free below " + end);
  }

  /**
   * The file tells no more than what the first read of it asks for, so it is read with a large one:
   * {@code readString} gets a digit.
   */
  private static int firstPortGivenToAnybody() throws IOException {
    Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    try (BufferedReader reader = Files.newBufferedReader(range)) {
      return Integer.parseInt(reader.readLine().split("\\s+", 2)[0]);
    }
  }

  /** Waits until a server takes connections, or has ended; fails where it does neither. */
  static void awaitListening(int port, Process server) {
    final long start = System.nanoTime();
    while (!isTakingConnections(port) && server.isAlive()) {
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(SECONDS));
      Thread.onSpinWait();
    }
  }

  private static boolean isTakingConnections(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
