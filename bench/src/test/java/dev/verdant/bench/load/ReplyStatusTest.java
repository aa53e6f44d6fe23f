package dev.verdant.bench.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.bench.workload.PoolPeriods;
import dev.verdant.bench.workload.Totals;
import dev.verdant.protocol.codec.ErrorReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.Status;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that never reached the ledger, whatever the reply was to be checked for. */
class ReplyStatusTest {
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[256]);

  static Stream<ReplyHandler> handlers() {
    return Stream.of(
        new OkReplies(),
        new ReleaseCheck(new PoolPeriods(), false, false),
        new BooksCheck(Totals.NONE, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void shouldTakeNoRoomForAFailureAndForNothingWrong(ReplyHandler handler) {
    assertThatThrownBy(() -> answer(handler, Status.OUT_OF_SPACE, "the disk is full"))
        .isInstanceOf(LoadFailedException.class)
        .hasMessageEndingWith(" was answered OUT_OF_SPACE: the disk is full");
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void shouldTakeWhateverElseIsRefusedForWrong(ReplyHandler handler) {
    assertThatThrownBy(() -> answer(handler, Status.MALFORMED, ""))
        .isInstanceOf(WrongResultException.class)
        .hasMessageEndingWith(" was answered MALFORMED instead of OK");
  }

  private void answer(ReplyHandler handler, Status status, String detail) {
    ErrorReplyEncoder encoder =
        new ErrorReplyEncoder()
            .wrapAndApplyHeader(reply, 0, new MessageHeaderEncoder())
            .correlationId(7)
            .status(status)
            .detail(detail);
    handler.onReply(7, reply, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
  }
}
