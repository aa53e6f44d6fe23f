package dev.verdant.ops.drill.injection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** Turns over one bit of a file. */
final class BitFlip {
  static void at(Path path, long position, int bit) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, position);
      one.put(0, (byte) (one.get(0) ^ 1 << bit));
      file.write(one.flip(), position);
    }
  }

  /** Any bit of a file. */
  static void anywhere(Path path, long length, SplittableRandom random) throws IOException {
    at(path, random.nextLong(length), random.nextInt(Byte.SIZE));
  }

  private BitFlip() {}
}
