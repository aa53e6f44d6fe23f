package dev.verdant.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EchoServerTest {
  private final Process echo = new ProcessBuilder(command()).start();

  EchoServerTest() throws IOException {}

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EchoServer.class.getName());
    return command;
  }

  @AfterEach
  void end() {
    echo.destroyForcibly().onExit().join();
  }

  /** As when whoever has started it was killed. */
  @Test
  void shouldServeUntilItsStandardInputEnds() throws Exception {
    assertThat(echo.errorReader().readLine()).startsWith("listening on 127.0.0.1:");
    assertThat(echo.isAlive()).isTrue();

    echo.getOutputStream().close();
    assertThat(echo.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(echo.exitValue()).isZero();
  }
}
