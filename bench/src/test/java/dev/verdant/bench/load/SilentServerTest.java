package dev.verdant.bench.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that takes connections and says nothing, as one that is stopped. */
class SilentServerTest {
  private static final long MOST_SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldFailWhereTheHelloIsNotAnswered() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) silent.getLocalSocketAddress();
      assertThatThrownBy(() -> TcpTarget.connect(address, 1, 0, MOST_SILENT_NANOS))
          .isInstanceOf(IOException.class)
          .hasMessage("the server has not answered the hello within 0 s");
    }
  }
}
