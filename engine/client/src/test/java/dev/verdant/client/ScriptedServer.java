package dev.verdant.client;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.codec.HelloDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The other end of a connection, for what a real server does only when it is about to die: it
 * withholds answers, hangs up in the middle of a frame, lies. It speaks the real frame and the real
 * codecs, one thread to a connection.
 */
final class ScriptedServer implements AutoCloseable {
  /** What it does with each message. */
  @FunctionalInterface
  interface Script {
    /** Takes one message; an exception ends the connection. */
    void onMessage(ServerPeer peer, int templateId, UnsafeBuffer message) throws IOException;
  }

  private final ServerSocket listener;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger openConnections = new AtomicInteger();
  private final Thread acceptor;

  private ScriptedServer(Script script) {
    this.script = script;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptor = start(this::accept);
  }

  /** A server that answers the hello with this window and leaves the rest to the script. */
  static ScriptedServer greeting(int maxInFlight, Script script) {
    return new ScriptedServer(
        (peer, templateId, message) -> {
          if (templateId == HelloDecoder.TEMPLATE_ID) {
            peer.helloReply(maxInFlight);
          } else {
            script.onMessage(peer, templateId, message);
          }
        });
  }

  /** A server that leaves the hello to the script, too. */
  static ScriptedServer bare(Script script) {
    return new ScriptedServer(script);
  }

  /** The plainest script: every message gets a pong. */
  static void pong(ServerPeer peer, int templateId, UnsafeBuffer message) throws IOException {
    peer.pong(Frame.correlationId(message, 0), 0);
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /** Those that neither side has ended. */
  int openConnections() {
    return openConnections.get();
  }

  private synchronized Thread start(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.start();
    threads.add(thread);
    return thread;
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        openConnections.incrementAndGet();
        sockets.add(socket);
        start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      ServerPeer peer = new ServerPeer(socket);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] frame = new byte[Frame.MAX_LENGTH];
      UnsafeBuffer prefix = new UnsafeBuffer(frame, 0, Frame.LENGTH_PREFIX);
      while (true) {
        in.readFully(frame, 0, Frame.LENGTH_PREFIX);
        int length = Frame.messageLength(prefix, 0);
        if (length > Limits.MAX_MESSAGE_LENGTH) {
          return;
        }
        in.readFully(frame, Frame.LENGTH_PREFIX, length);
        UnsafeBuffer message = new UnsafeBuffer(frame, Frame.LENGTH_PREFIX, length);
        script.onMessage(peer, new MessageHeaderDecoder().wrap(message, 0).templateId(), message);
      }
    } catch (IOException e) {
      CloseHelper.quietClose(socket);
    } finally {
      openConnections.decrementAndGet();
    }
  }

  @Override
  public void close() {
    CloseHelper.quietClose(listener);
    // Until its thread is out of the system call, the kernel goes on making connections.
    join(acceptor);
    CloseHelper.quietCloseAll(sockets);
    List<Thread> started;
    synchronized (this) {
      started = List.copyOf(threads);
    }
    started.forEach(ScriptedServer::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a server's thread ends", e);
    }
  }
}
