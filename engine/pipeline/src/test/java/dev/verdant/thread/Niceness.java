package dev.verdant.thread;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the system says of the niceness of this process's threads. */
public final class Niceness {
  /** See proc_pid_stat(5): counted from what follows the name, which is in brackets. */
  private static final int NICE_FIELD_AFTER_NAME = 17;

  /** See capabilities(7). */
  private static final int CAP_SYS_NICE = 23;

  /** See getrlimit(2): a limit on niceness is told as 20 less it. */
  private static final int NICE_LIMIT_BASE = 20;

  private Niceness() {}

  /** That of the calling thread. */
  public static int ofThisThread() throws IOException {
    return of(Path.of("/proc/thread-self"));
  }

  /** That of the thread with this name, at most 15 characters long; empty if there is none. */
  public static OptionalInt ofThread(String name) throws IOException {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (final Path thread : threads) {
        if (nameOf(thread).equals(name)) {
          return OptionalInt.of(of(thread));
        }
      }
    }
    return OptionalInt.empty();
  }

  private static String nameOf(Path thread) throws IOException {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      // Without the file, or in reading it: the thread has ended meanwhile.
      if (Files.exists(thread)) {
        throw e;
      }
      return "";
    }
  }

  private static int of(Path thread) throws IOException {
    final String stat = Files.readString(thread.resolve("stat"));
    final String[] afterName = stat.substring(stat.lastIndexOf(')') + 1).split(" ", -1);
    return Integer.parseInt(afterName[NICE_FIELD_AFTER_NAME]);
  }

  /** Whether this process may give its threads that niceness. */
  public static boolean isAllowed(int niceness) throws IOException {
    final String capabilities = find("/proc/self/status", "CapEff:\\s*(\\p{XDigit}+)");
    if ((Long.parseUnsignedLong(capabilities, 16) >>> CAP_SYS_NICE & 1) == 1) {
      return true;
    }
    final String limit = find("/proc/self/limits", "Max nice priority\\s+(\\w+)");
    return limit.equals("unlimited") || NICE_LIMIT_BASE - Integer.parseInt(limit) <= niceness;
  }

  private static String find(String file, String pattern) throws IOException {
    final Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
    if (!matcher.find()) {
      throw new IOException(file + " has no " + pattern);
    }
    return matcher.group(1);
  }
}
