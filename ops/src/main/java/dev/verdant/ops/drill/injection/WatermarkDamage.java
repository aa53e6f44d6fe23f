package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.injection.Damage.Wound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Damage to the record of how far acknowledgements went. The journal is whole: nothing is lost. */
final class WatermarkDamage {
  private static final String FILE_NAME = "acknowledged";

  /** The two slots of the file. */
  private static final int USED_LENGTH = 256;

  /** One bit of what it uses is turned over. */
  static Wound flipBit(Path data, Path aside, SplittableRandom random) throws IOException {
    Path file = data.resolve(FILE_NAME);
    Path copy = Wound.putAside(file, aside);
    BitFlip.anywhere(file, USED_LENGTH, random);
    return Wound.passing(file, copy, "bit flip in the watermark");
  }

  /** It is gone. */
  static Wound remove(Path data, Path aside, SplittableRandom random) throws IOException {
    Path file = data.resolve(FILE_NAME);
    Path copy = Wound.putAside(file, aside);
    Files.delete(file);
    return Wound.passing(file, copy, "missing watermark");
  }

  private WatermarkDamage() {}
}
