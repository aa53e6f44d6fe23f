package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.process.JavaCommand;
import dev.verdant.ops.process.ServerLaunch;
import dev.verdant.ops.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was down when the business day's releases were due. */
class DailyReleaseSystemTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final ZoneOffset BUSINESS_TIME = ZoneOffset.ofHours(8);

  @TempDir private Path data;

  @Test
  void shouldReleaseAtOnceAfterEachStartAndSayForWhichDay() throws Exception {
    for (int start = 1; start <= 2; start++) {
      try (ServerProcess server = serve(data)) {
        long earliest = LocalDate.now(BUSINESS_TIME).toEpochDay();
        Awaitility.await()
            .atMost(DEADLINE)
            .until(() -> ServerMetric.read(server, "verdant_released_day") != 0);
        double released = ServerMetric.read(server, "verdant_released_day");
        assertThat(released)
            .isBetween((double) earliest, (double) LocalDate.now(BUSINESS_TIME).toEpochDay());
        assertThat(ServerMetric.read(server, "verdant_commands_total")).isPositive();
        String day = LocalDate.ofEpochDay((long) released).toString();
        Awaitility.await("the log says so, a moment later")
            .atMost(DEADLINE)
            .until(() -> server.lines().stream().anyMatch(line -> line.contains(day)));
        assertThat(server.stop()).as("%s", server.lines()).isZero();
      }
    }
  }

  /** On the machine's own clock, which alone knows when a day begins. */
  static ServerProcess serve(Path data) throws IOException {
    return new ServerLaunch(data)
        .jvmFlags(JavaCommand.SHORT_LIVED)
        .options(List.of("--release-at", "00:00"))
        .start();
  }
}
