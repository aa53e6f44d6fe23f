package dev.verdant.ops.cli;

import dev.verdant.ops.demo.Demo;
import dev.verdant.ops.session.CommandFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code verdant demo}. */
@Command(
    name = "demo",
    description =
        "Shows the main job on real orders: starts a server, replays a year of orders over the"
            + " binary protocol with daily releases, kills the server in the middle, recovers,"
            + " finishes, and checks that nothing was lost or done twice.")
public final class DemoCommand implements Callable<Integer> {
  private static final int MAX_SCALE = 1_000;

  @Option(
      names = "--scale",
      paramLabel = "N",
      defaultValue = "1",
      description = "Times through the stream, a year each (default ${DEFAULT-VALUE}).")
  private int scale;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A fresh directory, kept; a temporary one, removed, where not given.")
  private Path data;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (scale < 1 || scale > MAX_SCALE) {
      throw new ParameterException(
          spec.commandLine(), "--scale must be 1.." + MAX_SCALE + ", not " + scale);
    }
    if (data != null) {
      requireFresh(data);
      Demo.run(data, scale, spec.commandLine().getOut());
      return 0;
    }
    Path temporary = Files.createTempDirectory("verdant-demo-");
    try {
      Demo.run(temporary, scale, spec.commandLine().getOut());
    } finally {
      delete(temporary);
    }
    return 0;
  }

  private static void requireFresh(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> content = Files.list(directory)) {
      if (content.findAny().isPresent()) {
        throw CommandFailure.usage(directory + " is not empty; the demo needs a fresh directory");
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
