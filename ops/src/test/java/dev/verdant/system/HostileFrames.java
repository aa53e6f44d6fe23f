package dev.verdant.system;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.ConfigureRequest;
import dev.verdant.client.request.IssueRequest;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.PayoutRequest;
import dev.verdant.client.request.Program;
import dev.verdant.client.request.ProgramField;
import dev.verdant.client.request.Query;
import dev.verdant.client.request.RedeemCoinsRequest;
import dev.verdant.client.request.RefundRequest;
import dev.verdant.client.request.ReleaseRequest;
import dev.verdant.client.request.ReleaseReserveRequest;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.SettleChannelRequest;
import dev.verdant.client.request.TransactionId;
import dev.verdant.client.request.UpdateAccountRequest;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.HelloEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.PayoutBalance;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames that no well-meaning client sends: requests of every kind with wild values, then broken in
 * one of several ways. The same seed gives the same frames.
 */
final class HostileFrames {
  private static final int MESSAGE = Frame.LENGTH_PREFIX;
  private static final int BLOCK_LENGTH = MESSAGE;
  private static final int TEMPLATE_ID = MESSAGE + 2;
  private static final int SCHEMA_ID = MESSAGE + 4;
  private static final int VERSION = MESSAGE + 6;

  /** Accounts that well-meaning clients do not use. */
  private static final long FIRST_ACCOUNT = 0xBAD0_0000_0000_0000L;

  private final SplittableRandom random;
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final List<Supplier<Request<?>>> requests =
      List.of(
          this::configure,
          () -> OpenAccountRequest.of(account(), kind(), options()).at(wild()),
          () -> UpdateAccountRequest.of(account(), options()),
          () -> UpdateAccountRequest.of(account(), status()),
          () -> new OrderRequest(id(), account(), account(), wild(), wild(), small(), wild()),
          () -> RefundRequest.of(id(), id(), wild()),
          () -> IssueRequest.of(id(), account(), wild()).withPool(small()).withPlan(small()),
          () -> RedeemCoinsRequest.of(id(), account(), wild()),
          () -> PayoutRequest.of(id(), account(), PayoutBalance.COMMISSION, wild()),
          () -> ReleaseReserveRequest.of(id(), account(), wild()),
          () -> SettleChannelRequest.of(id(), small(), wild()),
          () -> ReleaseRequest.of(small(), small()),
          () -> new Query.Account(account()),
          () -> new Query.Accounts(account(), small() & 0xFF),
          () -> new Query.Order(id()),
          Query.Pools::new,
          Query.TrialBalance::new,
          Query.Sequence::new,
          Query.Ping::new);

  HostileFrames(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The hello of a client that seems well-meaning. */
  static byte[] hello() {
    UnsafeBuffer frame =
        new UnsafeBuffer(
            new byte[MESSAGE + MessageHeaderEncoder.ENCODED_LENGTH + HelloEncoder.BLOCK_LENGTH]);
    Frame.putMessageLength(frame, 0, frame.capacity() - MESSAGE);
    new HelloEncoder()
        .wrapAndApplyHeader(frame, MESSAGE, new MessageHeaderEncoder())
        .correlationId(0)
        .minVersion(1)
        .maxVersion(1);
    return frame.byteArray();
  }

  /** The next frame. */
  byte[] next() {
    byte[] frame = frameOf(requests.get(random.nextInt(requests.size())).get());
    UnsafeBuffer view = new UnsafeBuffer(frame);
    switch (random.nextInt(10)) {
      case 0, 1 -> scribble(frame, MESSAGE + MessageHeaderEncoder.ENCODED_LENGTH);
      case 2 -> scribble(frame, MESSAGE);
      case 3 -> Frame.putMessageLength(view, 0, lyingLength(frame.length - MESSAGE));
      case 4 -> putShort(view, BLOCK_LENGTH, random.nextInt());
      case 5 -> putShort(view, TEMPLATE_ID, random.nextInt());
      case 6 -> putShort(view, random.nextBoolean() ? SCHEMA_ID : VERSION, random.nextInt());
      case 7 -> frame = Arrays.copyOf(frame, random.nextInt(1, frame.length));
      case 8 -> frame = noise();
      default -> {
        // As it is: its values are wild enough.
      }
    }
    return frame;
  }

  private byte[] frameOf(Request<?> request) {
    int length = request.encode(buffer, MESSAGE, random.nextLong());
    Frame.putMessageLength(buffer, 0, length);
    byte[] frame = new byte[MESSAGE + length];
    buffer.getBytes(0, frame);
    return frame;
  }

  private void scribble(byte[] frame, int from) {
    for (int i = random.nextInt(1, 8); i > 0 && from < frame.length; i--) {
      frame[random.nextInt(from, frame.length)] = (byte) random.nextInt();
    }
  }

  private int lyingLength(int length) {
    return switch (random.nextInt(6)) {
      case 0 -> -1;
      case 1 -> 0;
      case 2 -> Limits.MAX_MESSAGE_LENGTH + 1;
      case 3 -> length + random.nextInt(1, 64);
      case 4 -> length - random.nextInt(1, length);
      default -> random.nextInt();
    };
  }

  private byte[] noise() {
    byte[] frame = new byte[MESSAGE + random.nextInt(1, 512)];
    random.nextBytes(frame);
    if (random.nextBoolean()) {
      Frame.putMessageLength(new UnsafeBuffer(frame), 0, frame.length - MESSAGE);
    }
    return frame;
  }

  /** Breaks several bounds at once, so that no scribble makes a program of it. */
  private Request<?> configure() {
    Program.Builder program = Program.builder();
    for (ProgramField field : ProgramField.values()) {
      program.set(field, -1_000_000 - small());
    }
    return ConfigureRequest.of(
        program
            .channels(Program.Channel.of(0, wild()), Program.Channel.of(0))
            .pools(Program.Pool.of(0, -1))
            .plans(Program.Plan.of(0))
            .build());
  }

  private AccountOptions options() {
    AccountOptions.Builder options = AccountOptions.builder();
    if (random.nextBoolean()) {
      options.pool(small()).plan(small()).concessionBps(small());
    }
    if (random.nextBoolean()) {
      options.referrer(account()).marketer(account()).district(account());
    }
    return options.build();
  }

  private AccountKind kind() {
    return AccountKind.get((short) (1 + random.nextInt(5)));
  }

  private AccountStatus status() {
    return AccountStatus.get((short) (1 + random.nextInt(3)));
  }

  private TransactionId id() {
    return new TransactionId(FIRST_ACCOUNT, random.nextInt(1_000));
  }

  private long account() {
    return random.nextInt(20) == 0 ? 0 : FIRST_ACCOUNT + random.nextInt(50);
  }

  private int small() {
    return random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(2_000);
  }

  private long wild() {
    return switch (random.nextInt(6)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> Long.MIN_VALUE;
      case 2 -> Limits.MAX_AMOUNT + random.nextInt(2);
      case 3 -> random.nextInt(-2, 3);
      case 4 -> random.nextLong();
      default -> random.nextLong(1, 1_000_000);
    };
  }

  private static void putShort(UnsafeBuffer frame, int index, int value) {
    frame.putShort(index, (short) value, ByteOrder.LITTLE_ENDIAN);
  }
}
