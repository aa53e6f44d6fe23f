package dev.verdant.ops.cli;

import dev.verdant.ops.demo.Demo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
      converter = Directories.Converter.class,
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
      Directories.requireFresh(data);
      Demo.run(data, scale, spec.commandLine().getOut());
      return 0;
    }
    Path temporary = Files.createTempDirectory("verdant-demo-");
    try {
      Demo.run(temporary, scale, spec.commandLine().getOut());
    } finally {
      Directories.delete(temporary);
    }
    return 0;
  }
}
