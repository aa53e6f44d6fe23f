package dev.verdant.bench.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.bench.limit.EchoServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmProbeTest {
  @TempDir private Path directory;

  @Test
  void shouldVoidAFigureOfAProcessWithoutTheThreadsItIsAbout() throws Exception {
    try (JavaProcess echo =
            JavaProcess.start(List.of(EchoServer.class.getName()), directory.resolve("echo.log"));
        JvmProbe probe = JvmProbe.attach(echo.pid())) {
      assertThatThrownBy(probe::allocatedBytes)
          .isInstanceOf(WrongResultException.class)
          .hasMessageContaining("verdant-gateway");
    }
  }
}
