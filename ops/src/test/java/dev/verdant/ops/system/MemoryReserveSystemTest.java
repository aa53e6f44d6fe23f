package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.process.JavaCommand;
import dev.verdant.ops.process.ServerLaunch;
import dev.verdant.ops.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that finds its memory before it takes commands. */
class MemoryReserveSystemTest {
  private static final int RESERVE_MIB = 300;
  private static final double MIB = 1 << 20;

  /** More is found where less than an extent is missing; and growth finds some by itself. */
  private static final double MORE_MIB = 100;

  /** KiB of address space, of which the JVM takes some half. */
  private static final List<String> WITH_LITTLE_MEMORY =
      List.of("sh", "-c", "ulimit -v 2500000; exec \"$@\"", "sh");

  @TempDir private Path data;

  @Test
  void shouldSayInOneLineThatTheReserveCannotBeHad() throws Exception {
    try (ServerProcess server =
        new ServerLaunch(data)
            .through(WITH_LITTLE_MEMORY)
            .jvmFlags(JavaCommand.SHORT_LIVED)
            .jvmFlags(List.of("-Xmx256m", "-XX:CompressedClassSpaceSize=64m"))
            .options(List.of("--memory-reserve-mib", "3000"))
            .start()) {
      assertThat(server.awaitEnd()).as("%s", server.lines()).isEqualTo(1);
      assertThat(server.lines())
          .filteredOn(line -> !line.contains(" INFO "))
          .singleElement()
          .asString()
          .matches("verdant serve: --memory-reserve-mib 3000: the system gave \\d+ MiB: .+");
    }
  }

  @Test
  void shouldHoldWhatIsReservedWhenItTakesCommandsAndSaySo() throws Exception {
    try (ServerProcess server =
        VerdantProcess.serve(data, "--memory-reserve-mib", Integer.toString(RESERVE_MIB))) {
      double held = ServerMetric.read(server, "verdant_memory_bytes") / MIB;
      double ahead = ServerMetric.read(server, "verdant_memory_ahead_bytes") / MIB;
      assertThat(held).isPositive();
      assertThat(held + ahead).isBetween((double) RESERVE_MIB, RESERVE_MIB + MORE_MIB);
      assertThat(server.lines()).anyMatch(line -> line.contains("MiB more found in"));
      assertThat(server.stop()).as("%s", server.lines()).isZero();
    }
  }
}
