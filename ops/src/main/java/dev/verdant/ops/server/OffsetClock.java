package dev.verdant.ops.server;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The machine's clock, with an offset that another process can change while this one runs: for
 * drills in which the clock steps. The offset is one number of 8 bytes in a file that both map.
 *
 * <p>Safe from any thread.
 */
public final class OffsetClock implements EpochClock {
  private final UnsafeBuffer offsetMillis;

  private OffsetClock(MappedByteBuffer file) {
    offsetMillis = new UnsafeBuffer(file);
  }

  /** Maps a file, which is made, with offset 0, where it is not there. */
  public static OffsetClock of(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new OffsetClock(channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
    }
  }

  /** Makes the clock step, in every process that maps the file. */
  public void setOffsetMillis(long millis) {
    offsetMillis.putLongVolatile(0, millis);
  }

  @Override
  public long time() {
    return System.currentTimeMillis() + offsetMillis.getLongVolatile(0);
  }
}
