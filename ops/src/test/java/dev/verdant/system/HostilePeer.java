package dev.verdant.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/**
 * Throws hostile frames at a server, some to a connection, many connections one after the other.
 */
final class HostilePeer implements Callable<Integer> {
  private static final int MAX_FRAMES_PER_CONNECTION = 64;
  private static final int REPLY_TIMEOUT_MILLIS = 60_000;

  private final int port;
  private final int count;
  private final HostileFrames frames;
  private final SplittableRandom random;
  private final byte[] replies = new byte[64 * 1024];

  HostilePeer(int port, int count, long seed) {
    this.port = port;
    this.count = count;
    this.frames = new HostileFrames(seed);
    this.random = new SplittableRandom(seed);
  }

  /** Returns how many frames were thrown. */
  @Override
  public Integer call() throws IOException {
    int thrown = 0;
    while (thrown < count) {
      int batch = Math.min(count - thrown, random.nextInt(1, MAX_FRAMES_PER_CONNECTION));
      throwAll(batch);
      thrown += batch;
    }
    return thrown;
  }

  private void throwAll(int batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (random.nextInt(10) > 0) {
      bytes.write(HostileFrames.hello());
    }
    for (int i = 0; i < batch; i++) {
      bytes.write(frames.next());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(REPLY_TIMEOUT_MILLIS);
      socket.getOutputStream().write(bytes.toByteArray());
      if (random.nextInt(4) == 0) {
        socket.setSoLinger(true, 0);
      } else {
        socket.shutdownOutput();
        readToEnd(socket.getInputStream());
      }
    }
  }

  private void readToEnd(InputStream in) throws IOException {
    int count = in.read(replies);
    while (count >= 0) {
      count = in.read(replies);
    }
  }
}
