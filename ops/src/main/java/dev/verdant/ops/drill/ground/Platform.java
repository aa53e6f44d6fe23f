package dev.verdant.ops.drill.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What this machine lets this user do.
 *
 * @param pidNamespaces start a process as process 1 of a namespace.
 * @param mounts mount a small file system.
 */
public record Platform(boolean pidNamespaces, boolean mounts) {
  /** Runs a command as process 1 of a namespace of its own; it dies with this process. */
  public static final List<String> AS_PID_ONE =
      List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");

  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  /** Source of a drill's mounts, with its process id: how a later drill knows whose they were. */
  private static final String SOURCE = "verdant-drill-";

  /** Tries it out, and takes away what drills that were killed have left mounted. */
  public static Platform probe() throws IOException {
    if (Files.isReadable(MOUNTS)) {
      Files.readAllLines(MOUNTS).forEach(Platform::unmountIfLeft);
    }
    return new Platform(
        runs("unshare", "--pid", "--fork", "--mount-proc", "--kill-child", "true"), canMount());
  }

  private static boolean canMount() throws IOException {
    Path point = Files.createTempDirectory("verdant-drill-mount-");
    try {
      return mount(point, 1) && unmount(point);
    } finally {
      Files.delete(point);
    }
  }

  /** Mounts an empty file system of so many MiB that lives in memory; false if that is refused. */
  static boolean mount(Path point, int mib) {
    String source = SOURCE + ProcessHandle.current().pid();
    return runs("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", source, point.toString());
  }

  private static void unmountIfLeft(String mount) {
    String[] fields = mount.split(" ", 3);
    if (fields[0].startsWith(SOURCE)) {
      long pid = Long.parseLong(fields[0].substring(SOURCE.length()));
      if (ProcessHandle.of(pid).isEmpty()) {
        unmount(Path.of(fields[1].replace("\\040", " ")));
      }
    }
  }

  /** Takes it away, at the latest when nobody uses it any more; false if that is refused. */
  static boolean unmount(Path point) {
    return runs("umount", point.toString()) || runs("umount", "--lazy", point.toString());
  }

  /** Limits the length of the files that a process may write; false if that is refused. */
  public static boolean limitFileLength(long pid, long bytes) {
    return runs("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes);
  }

  private static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.onExit().join().exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }
}
