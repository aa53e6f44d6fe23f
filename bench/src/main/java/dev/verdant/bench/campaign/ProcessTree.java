package dev.verdant.bench.campaign;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process and all that it has started, stopped and let go on together. Whom it has once found it
 * knows on, though their parent may die: a stopped orphan would stay for ever, unseen.
 */
final class ProcessTree {
  private final ProcessHandle root;
  private final Set<ProcessHandle> descendants = new LinkedHashSet<>();

  ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /** Stops all of them: the root first, which then starts no others. */
  synchronized void stop() throws IOException {
    signal("STOP");
  }

  /** Lets all of them go on. */
  synchronized void goOn() throws IOException {
    signal("CONT");
  }

  /** Kills all of them, stopped or not. */
  synchronized void kill() {
    findDescendants();
    root.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private void signal(String name) throws IOException {
    kill(name, Stream.of(root).filter(ProcessHandle::isAlive));
    findDescendants();
    kill(name, descendants.stream());
  }

  private void findDescendants() {
    descendants.removeIf(process -> !process.isAlive());
    root.descendants().forEach(descendants::add);
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
