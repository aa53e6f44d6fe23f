package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientConfigTest {
  static Stream<Arguments> wrongOptions() {
    return Stream.of(
        wrong("connectTimeout", config -> config.connectTimeout(Duration.ZERO)),
        wrong("requestTimeout", config -> config.requestTimeout(Duration.ofMillis(-1))),
        wrong("silenceTimeout", config -> config.silenceTimeout(Duration.ZERO)),
        wrong("drainTimeout", config -> config.drainTimeout(Duration.ofMillis(-1))),
        wrong("connectTimeout", config -> config.connectTimeout(null)),
        wrong("requestTimeout", config -> config.requestTimeout(null)),
        wrong("silenceTimeout", config -> config.silenceTimeout(null)),
        wrong("drainTimeout", config -> config.drainTimeout(null)),
        wrong("maxInFlight", config -> config.maxInFlight(0)),
        wrong("maxInFlight", config -> config.maxInFlight(ClientConfig.LARGEST_MAX_IN_FLIGHT + 1)),
        wrong("backPressure", config -> config.backPressure(null)),
        wrong("reconnectPolicy", config -> config.reconnectPolicy(null)),
        wrong("threadName", config -> config.threadName(null)));
  }

  private static Arguments wrong(String option, UnaryOperator<ClientConfig> set) {
    return Arguments.of(option, set);
  }

  @ParameterizedTest
  @MethodSource("wrongOptions")
  void shouldNameTheOptionThatIsOutOfItsRange(String option, UnaryOperator<ClientConfig> set) {
    ClientConfig config = set.apply(new ClientConfig().endpoint("127.0.0.1", 7411));
    assertThatThrownBy(config::conclude)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(option);
  }

  @Test
  void shouldRequireAnEndpoint() {
    assertThatThrownBy(new ClientConfig()::conclude)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no endpoint");
  }

  @Test
  void shouldBeOneClientsAlone() {
    ClientConfig config = new ClientConfig().endpoint("127.0.0.1", 7411).conclude();
    assertThatThrownBy(config::conclude).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> config.maxInFlight(1)).isInstanceOf(IllegalStateException.class);
  }
}
