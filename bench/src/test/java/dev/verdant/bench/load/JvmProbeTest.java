package dev.verdant.bench.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JvmProbeTest {
  @Test
  void shouldVoidAFigureOfAProcessWithoutTheThreadsItIsAbout() throws Exception {
    Process other =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/jshell", "--execution", "local", "-s")
            .start();
    try (JvmProbe probe = JvmProbe.attach(other.pid())) {
      assertThatThrownBy(probe::allocatedBytes)
          .isInstanceOf(WrongResultException.class)
          .hasMessageContaining("verdant-gateway");
    } finally {
      other.destroyForcibly();
    }
  }
}
