package dev.verdant.bench.piece;

import dev.verdant.protocol.MessageValidator;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.Status;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An order's message: encoded, validated, decoded. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class CodecBenchmark {
  private static final int LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + OrderEncoder.BLOCK_LENGTH;

  private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OrderEncoder encoder = new OrderEncoder();
  private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
  private final OrderDecoder decoder = new OrderDecoder();
  private long id;

  /** There is a message to read. */
  @Setup(Level.Trial)
  public void prepare() {
    encode();
  }

  /** What a client does for an order. */
  @Benchmark
  public int encode() {
    id++;
    encoder
        .wrapAndApplyHeader(message, 0, header)
        .correlationId(id)
        .time(OrderEncoder.timeNullValue())
        .idLow(id)
        .idHigh(1)
        .buyer(LedgerDriver.FIRST_MEMBER + id)
        .merchant(LedgerDriver.FIRST_MERCHANT)
        .amount(id)
        .coupon(0)
        .channel(1);
    return LENGTH;
  }

  /** What the gateway does before the ring. */
  @Benchmark
  public Status validate() {
    return MessageValidator.validate(message, 0, LENGTH);
  }

  /** What the ledger reads of it. */
  @Benchmark
  public long decode() {
    decoder.wrapAndApplyHeader(message, 0, headerDecoder);
    return decoder.idLow()
        + decoder.idHigh()
        + decoder.buyer()
        + decoder.merchant()
        + decoder.amount()
        + decoder.coupon()
        + decoder.channel();
  }

  /** Nothing is held. */
  @TearDown(Level.Trial)
  public void check() {
    if (validate() != Status.OK) {
      throw new IllegalStateException("the order that was measured is not valid");
    }
  }
}
