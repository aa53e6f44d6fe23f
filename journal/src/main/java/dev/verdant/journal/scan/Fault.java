package dev.verdant.journal.scan;

import dev.verdant.journal.log.Check;
import java.nio.file.Path;

/**
 * The first bad record of a journal.
 *
 * @param sequence of the first command that it should hold; of the oldest batch kept, where it is
 *     that one, the first that a replay needs.
 * @param file that holds it, or should.
 * @param position of the record in the file, in bytes.
 * @param check that failed.
 * @param detail what was found.
 */
public record Fault(long sequence, Path file, long position, Check check, String detail) {
  @Override
  public String toString() {
    return "sequence "
        + sequence
        + ", "
        + file
        + " at "
        + position
        + ", check "
        + check
        + " ("
        + check.description()
        + "): "
        + detail;
  }
}
