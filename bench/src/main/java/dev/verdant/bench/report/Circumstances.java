package dev.verdant.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When, where, how and on what version figures were taken.
 *
 * @param facts by name: those that have a constant here, and every option of the measurement by its
 *     name, in the order of a report. None where nothing is known.
 */
public record Circumstances(Map<String, String> facts) {
  /** When the measurement began, ISO-8601. */
  public static final String DATE = "date";

  /** What was measured, as Git names it. */
  public static final String COMMIT = "commit";

  /** The command line. */
  public static final String COMMAND = "command";

  /** Model of the processor. */
  public static final String CPU = "cpu";

  /** Number of processors. */
  public static final String PROCESSORS = "processors";

  /** Operating system with its version. */
  public static final String SYSTEM = "system";

  /** Version of the Java runtime. */
  public static final String JDK = "jdk";

  /** Of figures that do not tell. */
  public static final Circumstances UNKNOWN = new Circumstances(Map.of());

  private static final String NOT_TOLD = "unknown";

  /** Differ between any two campaigns, or only repeat the options and where the results went. */
  private static final Set<String> OF_ONE_RUN = Set.of(DATE, COMMIT, COMMAND);

  /** Copies the facts. */
  public Circumstances {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** A fact, "unknown" where it is not told. */
  public String fact(String name) {
    return facts.getOrDefault(name, NOT_TOLD);
  }

  /** As lines above a report. */
  public List<String> lines() {
    return List.of(
        "date " + fact(DATE) + ", commit " + fact(COMMIT),
        String.format(
            "machine %s, %s processors, %s, JDK %s",
            fact(CPU), fact(PROCESSORS), fact(SYSTEM), fact(JDK)),
        "command " + fact(COMMAND));
  }

  /**
   * What makes figures taken here and there differ whatever was changed between the commits: each
   * fact of machine, runtime and options that is not the same, with both values.
   */
  public List<String> differences(Circumstances there) {
    final Set<String> names = new LinkedHashSet<>(facts.keySet());
    names.addAll(there.facts.keySet());
    names.removeAll(OF_ONE_RUN);
    final List<String> differences = new ArrayList<>();
    for (final String name : names) {
      if (!fact(name).equals(there.fact(name))) {
        differences.add(name + " (" + fact(name) + " against " + there.fact(name) + ")");
      }
    }
    return differences;
  }
}
