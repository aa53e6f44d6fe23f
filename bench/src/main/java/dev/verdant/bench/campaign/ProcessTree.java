package dev.verdant.bench.campaign;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A process and all that it has started, stopped and let go on together. */
final class ProcessTree {
  private final ProcessHandle root;

  ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /** Stops all of them: the root first, which then starts no others. */
  void stop() throws IOException {
    signal("STOP");
  }

  /** Lets all of them go on. */
  void goOn() throws IOException {
    signal("CONT");
  }

  /** Kills all of them, stopped or not. */
  void kill() {
    // Found before the root is gone, whose children nobody knows then.
    final List<ProcessHandle> all = Stream.concat(Stream.of(root), root.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private void signal(String name) throws IOException {
    kill(name, Stream.of(root));
    kill(name, root.descendants());
  }

  private static void kill(String signal, Stream<ProcessHandle> processes) throws IOException {
    final List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    final int options = command.size();
    processes.map(ProcessHandle::pid).map(String::valueOf).forEach(command::add);
    if (command.size() > options) {
      new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD) // some may have ended meanwhile
          .start()
          .onExit()
          .join();
    }
  }
}
