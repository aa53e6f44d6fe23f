package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.SparseFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.SplittableRandom;

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
   * @param sequence of the first command that is lost by it, which a start must name; empty where
   *     nothing that was acknowledged need be lost.
   */
  record Wound(Path file, Path copy, String what, OptionalLong sequence) {
    /** Puts a copy of a file aside before it is damaged. */
    static Path putAside(Path file, Path aside) throws IOException {
      Path copy = aside.resolve("undamaged-" + file.getFileName());
      SparseFiles.copy(file, copy);
      return copy;
    }

    /** Puts things right again. */
    void heal() throws IOException {
      if (copy == null) {
        Files.delete(file);
      } else {
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
