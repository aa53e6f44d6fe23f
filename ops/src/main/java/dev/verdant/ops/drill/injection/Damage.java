package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.SparseFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One kind of damage to the files of a data directory that no server has open. */
@FunctionalInterface
interface Damage {
  /**
   * Does it.
   *
   * @param data the directory.
   * @param aside directory for a copy of what is damaged.
   */
  Wound inflict(Path data, Path aside, SplittableRandom random) throws IOException;

  /**
   * What was done.
   *
   * @param file that was changed, taken away or made.
   * @param copy of it before; null if it was not there.
   * @param what in a few words.
   * @param sequence of the first command that the journal loses by it; empty where it loses none.
   * @param harmlessFrom sequence of the oldest snapshot that nothing is lost behind, since a start
   *     from it does not come by; 0 where nothing is lost at all.
   * @param isMadeAnew whether every start makes the file anew.
   */
  record Wound(
      Path file,
      Path copy,
      String what,
      OptionalLong sequence,
      long harmlessFrom,
      boolean isMadeAnew) {
    /** Damage to a file that stays as it is while servers come and go. */
    static Wound lasting(Path file, Path copy, String what, OptionalLong sequence) {
      return new Wound(file, copy, what, sequence, sequence.orElse(0), false);
    }

    /** A file too many, behind a queue that ends with this command. */
    static Wound behind(long lastSequence, Path file, String what) {
      return new Wound(file, null, what, OptionalLong.of(lastSequence + 1), lastSequence, false);
    }

    /** Damage to a file that every start makes anew. */
    static Wound passing(Path file, Path copy, String what) {
      return new Wound(file, copy, what, OptionalLong.empty(), 0, true);
    }

    /** Whether a command is lost that a snapshot of this sequence does not hold. */
    boolean losesBehind(long snapshotSequence) {
      return snapshotSequence < harmlessFrom;
    }

    /** Puts a copy of a file aside before it is damaged. */
    static Path putAside(Path file, Path aside) throws IOException {
      Path copy = aside.resolve("undamaged-" + file.getFileName());
      SparseFiles.copy(file, copy);
      return copy;
    }

    /** Puts things right again, unless a server has retired the file meanwhile. */
    void heal() throws IOException {
      if (copy == null) {
        Files.deleteIfExists(file);
      } else if (Files.isDirectory(file.getParent()) || hasOlderSegment()) {
        Files.createDirectories(file.getParent());
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.delete(copy);
      }
    }

    /**
     * Servers retire the oldest segments first: where one is left, a directory behind it is gone
     * because the damage had left nothing in it.
     */
    private boolean hasOlderSegment() throws IOException {
      try (Stream<Path> files = Files.walk(file.getParent().getParent(), 2)) {
        return files.anyMatch(
            other -> other.toString().endsWith(".cq4") && other.compareTo(file) < 0);
      }
    }
  }
}
