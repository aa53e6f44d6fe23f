package dev.verdant.gateway;

import dev.verdant.pipeline.TestMessages;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.Status;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.agrona.concurrent.UnsafeBuffer;

/** A blocking socket that speaks frames, and lies where a test wants it to. */
final class RawClient implements AutoCloseable {
  final TestMessages messages = new TestMessages();
  final UnsafeBuffer reply = new UnsafeBuffer(new byte[Frame.MAX_LENGTH]);
  private final Socket socket = new Socket();
  private final OutputStream out;
  private final DataInputStream in;

  RawClient(InetSocketAddress address) throws IOException {
    socket.setReceiveBufferSize(32 * 1024);
    socket.connect(address);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    in = new DataInputStream(socket.getInputStream());
  }

  /** A client that has said hello. */
  static RawClient greeted(InetSocketAddress address) throws IOException {
    final RawClient client = new RawClient(address);
    client.send(client.messages.hello(0, 1, 1));
    client.receive();
    return client;
  }

  /** Sends the message just encoded, at the next flush. */
  void send(int length) throws IOException {
    send(length, length);
  }

  /** Sends the message just encoded, with a length that may lie. */
  void send(int saidLength, int length) throws IOException {
    final byte[] frame = new byte[Frame.LENGTH_PREFIX + length];
    final UnsafeBuffer view = new UnsafeBuffer(frame);
    Frame.putMessageLength(view, 0, saidLength);
    view.putBytes(Frame.LENGTH_PREFIX, messages.buffer, 0, length);
    out.write(frame);
  }

  void sendBytes(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  void flush() throws IOException {
    out.flush();
  }

  /** Flushes, and receives a reply; returns its correlation id. */
  long receive() throws IOException {
    out.flush();
    return read();
  }

  /** Receives a reply while another thread sends. */
  long read() throws IOException {
    final int length = Integer.reverseBytes(in.readInt());
    in.readFully(reply.byteArray(), 0, length);
    return Frame.correlationId(reply, 0);
  }

  int templateId() {
    return Messages.templateId(reply, 0);
  }

  Status status() {
    return Status.get(TestMessages.replyStatus(reply, 0));
  }

  /** Status of an error or hello reply. */
  Status errorStatus() {
    return Status.get(TestMessages.errorStatus(reply, 0));
  }

  boolean isClosedByServer() throws IOException {
    try {
      out.flush();
      in.readByte();
      return false;
    } catch (EOFException e) {
      return true;
    }
  }

  void shutdownOutput() throws IOException {
    out.flush();
    socket.shutdownOutput();
  }

  /** Cuts the connection with a reset. */
  void cut() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
