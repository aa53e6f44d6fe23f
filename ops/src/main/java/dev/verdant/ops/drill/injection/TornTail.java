package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.drill.ground.SegmentFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The remains of a batch whose writing broke off, behind the last one acknowledged: half a batch
 * behind a length word that is finished, unfinished, or not there yet. They must be cut.
 */
final class TornTail implements Injection {
  private static final int UNFINISHED = 1 << 31;
  private static final int MAX_LENGTH = 4_096;
  private static final int ALIGNMENT = 8;

  @Override
  public Finding inject(Ground ground, SplittableRandom random) throws IOException {
    Kill.load(ground, random);
    ground.kill();
    String injected = tear(ground, random);
    String found = ground.found();
    long recoveryNanos = ground.start();
    boolean cut = ground.server().lines().stream().anyMatch(line -> line.contains("CUT_TAIL"));
    ground.goOn();
    return new Finding(injected, (cut ? "tail cut, " : "") + found, recoveryNanos);
  }

  private static String tear(Ground ground, SplittableRandom random) throws IOException {
    List<SegmentFile> segments = SegmentFile.ofDirectory(ground.data());
    SegmentFile last = segments.get(segments.size() - 1);
    int length = ALIGNMENT * (8 + random.nextInt(MAX_LENGTH / ALIGNMENT));
    ByteBuffer remains = ByteBuffer.allocate(Integer.BYTES + length);
    remains.order(ByteOrder.LITTLE_ENDIAN);
    random.nextBytes(remains.array());
    int kind = random.nextInt(3);
    remains.putInt(0, kind == 0 ? length : kind == 1 ? length | UNFINISHED : 0);
    remains.limit(Integer.BYTES + 1 + random.nextInt(length));
    try (FileChannel file = FileChannel.open(last.path(), StandardOpenOption.WRITE)) {
      file.write(remains, last.end());
    }
    return "torn tail, "
        + (kind == 0 ? "a finished" : kind == 1 ? "an unfinished" : "no")
        + " length word";
  }
}
