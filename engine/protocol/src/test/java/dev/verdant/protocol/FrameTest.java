package dev.verdant.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
  @ParameterizedTest
  @ValueSource(ints = {16, 17, 256 * 1024})
  void shouldTakeALengthFromTheShortestToTheLongestMessage(int length) {
    assertThat(Frame.isPossibleLength(length)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 15, 256 * 1024 + 1, Integer.MAX_VALUE})
  void shouldNotTakeALengthThatNoMessageHas(int length) {
    assertThat(Frame.isPossibleLength(length)).isFalse();
  }
}
