package dev.verdant.ops.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a server process is to be started: with the JVM, flags and class path of this process, on
 * free ports of the loopback address.
 */
public final class ServerLaunch {
  private final Path data;
  private final List<String> prefix = new ArrayList<>();
  private final List<String> jvmFlags = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private Consumer<String> log = line -> {};

  /**
   * @param data directory that it serves.
   */
  public ServerLaunch(Path data) {
    this.data = data;
  }

  /** A program, and its arguments, that runs the JVM. */
  public ServerLaunch through(List<String> program) {
    prefix.addAll(program);
    return this;
  }

  /** Further flags of the JVM. */
  public ServerLaunch jvmFlags(List<String> flags) {
    jvmFlags.addAll(flags);
    return this;
  }

  /** Further options of {@code verdant serve}. */
  public ServerLaunch options(List<String> serveOptions) {
    options.addAll(serveOptions);
    return this;
  }

  /** Takes each line that the server says, on a thread of its own. */
  public ServerLaunch log(Consumer<String> lines) {
    log = lines;
    return this;
  }

  /**
   * Starts the process; {@link ServerProcess#port} waits until it serves.
   *
   * @throws IOException if there is no such program.
   */
  public ServerProcess start() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve", "--data", data.toString()));
    arguments.addAll(List.of("--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"));
    arguments.addAll(options);
    List<String> command = new ArrayList<>(prefix);
    command.addAll(JavaCommand.verdant(jvmFlags, arguments));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    return new ServerProcess(process, log);
  }
}
