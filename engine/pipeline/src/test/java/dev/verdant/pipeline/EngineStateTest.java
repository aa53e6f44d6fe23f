package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineStateTest {
  private final EngineState state = new EngineState();

  @Test
  void shouldKeepTheFirstFailureAndAFewOfThoseBehindIt() {
    final Throwable first = new IllegalStateException("first");
    assertThat(state.fail(first)).isTrue();
    assertThat(state.fail(first)).as("the same again").isFalse();
    assertThat(first).hasNoSuppressedExceptions();
    for (int i = 0; i < 100; i++) {
      assertThat(state.fail(new IllegalStateException("later"))).isFalse();
    }
    assertThat(state.failure()).isSameAs(first);
    assertThat(first.getSuppressed()).hasSize(8);
  }
}
