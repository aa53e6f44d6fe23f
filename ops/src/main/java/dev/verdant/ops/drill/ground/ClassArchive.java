package dev.verdant.ops.drill.ground;

import dev.verdant.ops.process.ServerLaunch;
import dev.verdant.ops.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The JVM's archive of loaded classes, written once so that the many short lives of a drill's
 * servers begin sooner. Changes nothing of what they do.
 */
public final class ClassArchive {
  /**
   * Writes one, by a server that starts and stops.
   *
   * @param home directory for it.
   * @return JVM flags that use it; none where the JVM could not write it.
   */
  public static List<String> make(Path home) throws IOException {
    Files.createDirectories(home);
    Path archive = home.resolve("classes.jsa");
    ServerLaunch launch =
        new ServerLaunch(home.resolve("data"))
            .jvmFlags(Ground.SHORT_LIVED)
            .jvmFlags(List.of("-XX:ArchiveClassesAtExit=" + archive));
    try (ServerProcess server = launch.start()) {
      server.port();
    }
    return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
  }

  private ClassArchive() {}
}
