package dev.verdant.bench.limit;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.HelloDecoder;
import dev.verdant.protocol.codec.HelloReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderReplyEncoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.thread.WatchedYield;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers every request at once with a reply as long as an order's: the same frames and a loop like
 * the gateway's, no ring, journal or ledger behind. One thread, in a process of its own; ends with
 * its standard input.
 */
public final class EchoServer {
  private static final int INPUT_LENGTH = 64 * 1024;
  private static final int OUTPUT_LENGTH = 128 * 1024;

  /** More than any server allows: whoever compares it with one keeps to that one's window. */
  private static final int MAX_IN_FLIGHT = 1 << 16;

  private static final int IDLE_TURNS = 20;
  private static final int TURNS_BETWEEN_ACCEPTS = 64;
  private static final int REPLY_LENGTH =
      MessageHeaderEncoder.ENCODED_LENGTH + OrderReplyEncoder.BLOCK_LENGTH;

  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final Selector selector = Selector.open();
  private final List<Peer> peers = new ArrayList<>();

  private EchoServer() throws IOException {
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Serves until standard input ends, as it does when whoever has started it is no more. */
  public static void main(String[] args) throws IOException {
    final Thread watcher = new Thread(EchoServer::endWithInput, "echo-input");
    watcher.setDaemon(true);
    watcher.start();
    final EchoServer server = new EchoServer();
    final int port = ((InetSocketAddress) server.listener.getLocalAddress()).getPort();
    System.err.println("listening on 127.0.0.1:" + port);
    server.serve();
  }

  private static void endWithInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // an end of the input as well
    }
    System.exit(0);
  }

  private void serve() throws IOException {
    final WatchedYield watchedYield = new WatchedYield();
    int idleTurns = 0;
    for (int turn = 0; true; turn++) {
      if (turn % TURNS_BETWEEN_ACCEPTS == 0) {
        accept();
      }
      int work = 0;
      for (int i = peers.size() - 1; i >= 0; i--) {
        final int done = peers.get(i).poll();
        if (done < 0) {
          peers.remove(i);
        } else {
          work += done;
        }
      }
      if (work > 0) {
        idleTurns = 0;
      } else if (++idleTurns <= IDLE_TURNS && watchedYield.isCheap()) {
        watchedYield.giveWay();
      } else {
        selector.select();
        selector.selectedKeys().clear();
        accept();
      }
    }
  }

  private void accept() throws IOException {
    final SocketChannel channel = listener.accept();
    if (channel != null) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ);
      peers.add(new Peer(channel));
    }
  }

  /** One connection. */
  private static final class Peer {
    private final SocketChannel channel;
    private final ByteBuffer inBytes = ByteBuffer.allocateDirect(INPUT_LENGTH);
    private final ByteBuffer outBytes = ByteBuffer.allocateDirect(OUTPUT_LENGTH);
    private final UnsafeBuffer in = new UnsafeBuffer(inBytes);
    private final UnsafeBuffer out = new UnsafeBuffer(outBytes);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderReplyEncoder reply = new OrderReplyEncoder();
    private int head;
    private int tail;
    private long sequence;

    Peer(SocketChannel channel) {
      this.channel = channel;
    }

    /** One turn: replies left over first, then requests; -1 when the peer is gone. */
    int poll() throws IOException {
      if (outBytes.position() > 0) {
        return write();
      }
      in.putBytes(0, in, head, tail - head);
      tail -= head;
      head = 0;
      inBytes.limit(INPUT_LENGTH).position(tail);
      final int count = channel.read(inBytes);
      if (count < 0) {
        channel.close();
        return -1;
      }
      tail += count;
      return answer() == 0 ? 0 : write();
    }

    private int answer() {
      int count = 0;
      while (tail - head >= Frame.LENGTH_PREFIX) {
        final int length = Frame.messageLength(in, head);
        if (tail - head - Frame.LENGTH_PREFIX < length) {
          break;
        }
        answer(head + Frame.LENGTH_PREFIX);
        head += Frame.LENGTH_PREFIX + length;
        count++;
      }
      return count;
    }

    private void answer(int message) {
      final int frame = outBytes.position();
      final long correlationId = Frame.correlationId(in, message);
      int length = REPLY_LENGTH;
      if (Messages.templateId(in, message) == HelloDecoder.TEMPLATE_ID) {
        new HelloReplyEncoder()
            .wrapAndApplyHeader(out, frame + Frame.LENGTH_PREFIX, header)
            .correlationId(correlationId)
            .status(Status.OK)
            .version(1)
            .clock(ClockMode.COMMANDS)
            .durability(Durability.WRITTEN)
            .maxFrameLength(Frame.MAX_LENGTH)
            .maxInFlight(MAX_IN_FLIGHT)
            .sequence(0)
            .time(0);
        length = MessageHeaderEncoder.ENCODED_LENGTH + HelloReplyEncoder.BLOCK_LENGTH;
      } else {
        reply
            .wrapAndApplyHeader(out, frame + Frame.LENGTH_PREFIX, header)
            .correlationId(correlationId)
            .sequence(++sequence)
            .status(Status.OK)
            .buyerCoupon(0)
            .buyerPending(0)
            .buyerCoin(0)
            .merchantPayable(0)
            .merchantReserve(0);
      }
      Frame.putMessageLength(out, frame, length);
      outBytes.position(frame + Frame.LENGTH_PREFIX + length);
    }

    private int write() throws IOException {
      outBytes.flip();
      channel.write(outBytes);
      outBytes.compact();
      return 1;
    }
  }
}
