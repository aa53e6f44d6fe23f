package dev.verdant.client;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.AccountsQueryReplyEncoder;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.ErrorReplyEncoder;
import dev.verdant.protocol.codec.HelloReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderReplyEncoder;
import dev.verdant.protocol.codec.PongEncoder;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.net.Socket;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes a scripted server's replies. */
final class ServerPeer {
  private static final int MESSAGE = Frame.LENGTH_PREFIX;

  private final Socket socket;
  private final byte[] frame = new byte[1024];
  private final UnsafeBuffer buffer = new UnsafeBuffer(frame);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final HelloReplyEncoder helloReply = new HelloReplyEncoder();

  ServerPeer(Socket socket) {
    this.socket = socket;
  }

  void helloReply(int maxInFlight) throws IOException {
    helloReplyOfVersion(maxInFlight, HelloReplyEncoder.SCHEMA_VERSION);
  }

  /** The answer of a server that has agreed on a version of the schema. */
  void helloReplyOfVersion(int maxInFlight, int version) throws IOException {
    send(encodeHelloReply(maxInFlight, Frame.MAX_LENGTH, version));
  }

  /** A hello reply with limits of its own, both unsigned. */
  void helloReply(long maxInFlight, long maxFrameLength) throws IOException {
    send(encodeHelloReply(maxInFlight, maxFrameLength, HelloReplyEncoder.SCHEMA_VERSION));
  }

  /** What a server answers to a hello that it does not agree to. */
  void helloRefused(Status status) throws IOException {
    int encodedLength = encodeHelloReply(1, Frame.MAX_LENGTH, HelloReplyEncoder.SCHEMA_VERSION);
    helloReply.status(status);
    send(encodedLength);
  }

  /** An answer to the hello that ends within its fields. */
  void helloReplyCutShort() throws IOException {
    encodeHelloReply(1, Frame.MAX_LENGTH, HelloReplyEncoder.SCHEMA_VERSION);
    send(HelloReplyEncoder.maxFrameLengthEncodingOffset());
  }

  private int encodeHelloReply(long maxInFlight, long maxFrameLength, int version) {
    return helloReply
        .wrapAndApplyHeader(buffer, MESSAGE, header)
        .correlationId(0)
        .status(Status.OK)
        .version(version)
        .clock(ClockMode.COMMANDS)
        .durability(Durability.WRITTEN)
        .maxFrameLength(maxFrameLength)
        .maxInFlight(maxInFlight)
        .sequence(7)
        .time(8)
        .encodedLength();
  }

  void pong(long correlationId, long sequence) throws IOException {
    send(
        new PongEncoder()
            .wrapAndApplyHeader(buffer, MESSAGE, header)
            .correlationId(correlationId)
            .sequence(sequence)
            .encodedLength());
  }

  /** A pong but for the schema of its header. */
  void pongOfAnotherSchema(long correlationId) throws IOException {
    int encodedLength =
        new PongEncoder()
            .wrapAndApplyHeader(buffer, MESSAGE, header)
            .correlationId(correlationId)
            .sequence(0)
            .encodedLength();
    header.schemaId(PongEncoder.SCHEMA_ID + 1);
    send(encodedLength);
  }

  /** The last page of a scan, with so many accounts. */
  void lastPage(long correlationId, int accounts) throws IOException {
    AccountsQueryReplyEncoder page =
        new AccountsQueryReplyEncoder()
            .wrapAndApplyHeader(buffer, MESSAGE, header)
            .correlationId(correlationId)
            .sequence(1)
            .status(Status.OK)
            .more((short) 0)
            .age(0)
            .nextAccount(0);
    AccountsQueryReplyEncoder.AccountsEncoder group = page.accountsCount(accounts);
    for (int account = 1; account <= accounts; account++) {
      group.next().kind(AccountKind.CONSUMER).accountStatus(AccountStatus.ACTIVE).account(account);
    }
    send(page.encodedLength());
  }

  /** An order's reply that carries the amount as the merchant's payable. */
  void orderReply(long correlationId, long sequence, Status status, long amount)
      throws IOException {
    encodeOrderReply(correlationId, sequence, status, amount);
    send(OrderReplyEncoder.BLOCK_LENGTH);
  }

  /** Part of such a reply, as of a server that dies while it writes. */
  void halfAnOrderReply(long correlationId) throws IOException {
    encodeOrderReply(correlationId, 1, Status.OK, 1);
    Frame.putMessageLength(
        buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + OrderReplyEncoder.BLOCK_LENGTH);
    socket.getOutputStream().write(frame, 0, MESSAGE + OrderReplyEncoder.BLOCK_LENGTH / 2);
  }

  void error(long correlationId, Status status, String detail) throws IOException {
    send(
        new ErrorReplyEncoder()
            .wrapAndApplyHeader(buffer, MESSAGE, header)
            .correlationId(correlationId)
            .status(status)
            .detail(detail)
            .encodedLength());
  }

  /** An error whose detail claims so many bytes, of which there is one. */
  void errorOfLyingDetail(long correlationId, int claimedLength) throws IOException {
    int encodedLength =
        new ErrorReplyEncoder()
            .wrapAndApplyHeader(buffer, MESSAGE, header)
            .correlationId(correlationId)
            .status(Status.MALFORMED)
            .detail("x")
            .encodedLength();
    buffer.putInt(
        MESSAGE + MessageHeaderEncoder.ENCODED_LENGTH + ErrorReplyEncoder.BLOCK_LENGTH,
        claimedLength,
        ErrorReplyEncoder.BYTE_ORDER);
    send(encodedLength);
  }

  /** A frame that claims a message of so many bytes. */
  void lyingFrame(int claimedLength) throws IOException {
    Frame.putMessageLength(buffer, 0, claimedLength);
    socket.getOutputStream().write(frame, 0, 64);
  }

  void hangUp() throws IOException {
    socket.close();
  }

  private void encodeOrderReply(long correlationId, long sequence, Status status, long amount) {
    new OrderReplyEncoder()
        .wrapAndApplyHeader(buffer, MESSAGE, header)
        .correlationId(correlationId)
        .sequence(sequence)
        .status(status)
        .buyerCoupon(0)
        .buyerPending(0)
        .buyerCoin(0)
        .merchantPayable(amount)
        .merchantReserve(0);
  }

  private void send(int encodedLength) throws IOException {
    int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
    Frame.putMessageLength(buffer, 0, length);
    socket.getOutputStream().write(frame, 0, Frame.LENGTH_PREFIX + length);
  }
}
