package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.codec.ErrorReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorRepliesTest {
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ErrorReplies.MAX_LENGTH]);
  private final ErrorReplies errors = new ErrorReplies();

  @ParameterizedTest
  @EnumSource
  void shouldFitTheTextOfEveryStatus(Status status) {
    assertThat(errors.encode(buffer, 0, 1, status)).isLessThanOrEqualTo(ErrorReplies.MAX_LENGTH);
  }

  @Test
  void shouldNameAMissingTimeAmongTheReasonsForMalformed() {
    errors.encode(buffer, 0, 1, Status.MALFORMED);
    final ErrorReplyDecoder error = new ErrorReplyDecoder();
    error.wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());

    assertThat(error.detail()).contains("time is missing");
  }
}
