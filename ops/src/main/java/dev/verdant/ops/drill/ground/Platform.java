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

  /** Tries it out. */
  public static Platform probe() throws IOException {
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
    return runs("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", point.toString());
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
