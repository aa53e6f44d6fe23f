package dev.verdant.ops.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a Java process is started from this one: the same JVM, the same flags (its class archive
 * among them) and the same class path, or that of the property {@value #CLASS_PATH}.
 */
public final class JavaCommand {
  /** Names the packaged class path to a process that has another one itself, as tests do. */
  static final String CLASS_PATH = "verdant.class.path";

  /** Compiling little and lightly makes a short life's start quicker. */
  public static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  /**
   * The words of the command line.
   *
   * @param jvmFlags further flags of the JVM.
   * @param arguments arguments of {@code verdant}.
   */
  public static List<String> verdant(List<String> jvmFlags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(jvmFlags);
    command.add("-cp");
    command.add(System.getProperty(CLASS_PATH, System.getProperty("java.class.path")));
    command.add("dev.verdant.ops.Verdant");
    command.addAll(arguments);
    return command;
  }

  private JavaCommand() {}
}
