package dev.verdant.ops.drill.ground;

import dev.verdant.ops.drill.traffic.LieException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A start refused because of damage, as the server put it.
 *
 * @param sequence of the first command that the bad record should hold.
 * @param file that holds it, or should.
 * @param check that failed.
 */
public record Refusal(long sequence, String file, String check) {
  private static final Pattern FAULT =
      Pattern.compile("sequence (\\d+), (\\S+) at \\d+, check (\\S+) ");

  /** Finds it in what a server said before it ended. */
  static Refusal of(int exitStatus, List<String> lines) {
    if (exitStatus != 1) {
      throw new LieException("a start was refused with exit status " + exitStatus + ": " + lines);
    }
    for (String line : lines) {
      Matcher fault = FAULT.matcher(line);
      if (fault.find()) {
        return new Refusal(Long.parseLong(fault.group(1)), fault.group(2), fault.group(3));
      }
    }
    throw new LieException("a start was refused without naming a record: " + lines);
  }

  @Override
  public String toString() {
    return "refused, naming sequence " + sequence + ", check " + check;
  }
}
