package dev.verdant.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.Query;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.AccountsQueryReplyDecoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks for many answers and reads them only when it is told to. */
final class StalledReader implements AutoCloseable {
  private static final int RECEIVE_BUFFER_LENGTH = 32 * 1024;
  private static final int LONGEST = 64 * 1024;
  private static final int TIMEOUT_MILLIS = 120_000;

  private final Socket socket = new Socket();
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[LONGEST]);

  StalledReader(int port) throws IOException {
    // Told before the connection is made, so that it does not grow by itself.
    socket.setReceiveBufferSize(RECEIVE_BUFFER_LENGTH);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.getOutputStream().write(HostileFrames.hello());
    receive(new DataInputStream(socket.getInputStream()));
  }

  /** Sends the query so many times, with correlation ids from 0 on. */
  void ask(int count, Query<?> query) throws IOException {
    final OutputStream out = socket.getOutputStream();
    for (int i = 0; i < count; i++) {
      final int length = query.encode(message, Frame.LENGTH_PREFIX, i);
      Frame.putMessageLength(message, 0, length);
      out.write(message.byteArray(), 0, Frame.LENGTH_PREFIX + length);
    }
  }

  /** Reads the answers: all there, in order, each a page. */
  void readAll(int count) throws IOException {
    final DataInputStream in = new DataInputStream(socket.getInputStream());
    for (int i = 0; i < count; i++) {
      receive(in);
      assertThat(Frame.correlationId(message, 0)).isEqualTo(i);
      assertThat(Messages.templateId(message, 0)).isEqualTo(AccountsQueryReplyDecoder.TEMPLATE_ID);
    }
  }

  private void receive(DataInputStream in) throws IOException {
    in.readFully(message.byteArray(), 0, Integer.reverseBytes(in.readInt()));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
