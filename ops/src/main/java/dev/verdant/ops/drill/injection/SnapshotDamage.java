package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.StoredSnapshots;
import dev.verdant.ops.drill.injection.Damage.Wound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Damage to the newest snapshot. The one before and the journal behind it still hold everything:
 * nothing is lost.
 */
final class SnapshotDamage {
  /** One bit of any of its files is turned over. */
  static Wound flipBit(Path data, Path aside, SplittableRandom random) throws IOException {
    Path file = anyFile(data, random);
    Path copy = Wound.putAside(file, aside);
    BitFlip.anywhere(file, Files.size(file), random);
    return wound(file, copy, "bit flip in a snapshot's " + file.getFileName());
  }

  /** One of its files is gone. */
  static Wound remove(Path data, Path aside, SplittableRandom random) throws IOException {
    Path file = anyFile(data, random);
    Path copy = Wound.putAside(file, aside);
    Files.delete(file);
    return wound(file, copy, "missing " + file.getFileName() + " of a snapshot");
  }

  private static Path anyFile(Path data, SplittableRandom random) throws IOException {
    Path newest =
        StoredSnapshots.newest(data)
            .orElseThrow(() -> new IOException("there is no snapshot in " + data));
    List<Path> files =
        StoredSnapshots.files(newest).stream().filter(file -> file.toFile().length() > 0).toList();
    return files.get(random.nextInt(files.size()));
  }

  private static Wound wound(Path file, Path copy, String what) {
    return Wound.lasting(file, copy, what, OptionalLong.empty());
  }

  private SnapshotDamage() {}
}
