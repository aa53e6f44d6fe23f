package dev.verdant.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What may be left of one file after a loss of power: of each page and of the length, every content
 * seen since the last force that succeeded.
 */
final class SimulatedFile {
  private static final int PAGE = 4096;
  private static final int SECTOR = 512;

  /** No segment is shorter. */
  private static final int SEGMENT = 1 << 20;

  private static final byte[] ZEROS = new byte[PAGE];

  /** The contents of one page that may be on disk; the live one is the last. */
  private static final class Versions {
    private final List<byte[]> contents = new ArrayList<>(List.of(ZEROS));

    /** After a force that failed, the kernel takes the page for written though it may not be. */
    private boolean clean;

    byte[] live() {
      return contents.get(contents.size() - 1);
    }

    void settle() {
      if (!clean) {
        contents.subList(0, contents.size() - 1).clear();
      }
    }
  }

  private final Map<Integer, Versions> pages = new TreeMap<>();
  private final List<Integer> lengths = new ArrayList<>(List.of(0));

  /** Looks at the file as it is now. */
  void observe(Path path) throws IOException {
    final byte[] bytes = Files.readAllBytes(path);
    if (lengths.get(lengths.size() - 1) != bytes.length) {
      lengths.add(bytes.length);
    }
    for (int start = 0; start < bytes.length; start += PAGE) {
      observe(start / PAGE, bytes, start, Math.min(start + PAGE, bytes.length));
    }
    for (Map.Entry<Integer, Versions> page : pages.entrySet()) {
      if (page.getKey() * PAGE >= bytes.length) {
        observe(page.getKey(), ZEROS, 0, PAGE);
      }
    }
  }

  private void observe(int number, byte[] bytes, int from, int to) {
    final Versions known = pages.get(number);
    final byte[] live = known == null ? ZEROS : known.live();
    if (!Arrays.equals(bytes, from, to, live, 0, to - from)) {
      final Versions page = pages.computeIfAbsent(number, key -> new Versions());
      page.contents.add(Arrays.copyOf(Arrays.copyOfRange(bytes, from, to), PAGE));
      page.clean = false;
    }
  }

  /** A force that succeeded: what was seen last is on disk, failed pages aside. */
  void forced() {
    pages.values().forEach(Versions::settle);
    lengths.subList(0, lengths.size() - 1).clear();
  }

  /** A force that failed: no later one makes up for it. */
  void forceFailed() {
    for (Versions page : pages.values()) {
      page.clean |= page.contents.size() > 1;
    }
  }

  /**
   * Makes a file as it may be found.
   *
   * @param bias how much newer pages are likelier than older ones, 0..1.
   */
  void leave(Path path, Random random, double bias) throws IOException {
    final int length = lengths.get(pick(lengths.size(), random, bias));
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      int end = 0;
      for (Map.Entry<Integer, Versions> page : pages.entrySet()) {
        final int start = page.getKey() * PAGE;
        final byte[] content = content(page.getValue().contents, random, bias);
        if (start < length && content != ZEROS) {
          file.seek(start);
          file.write(content, 0, Math.min(PAGE, length - start));
          end = Math.min(start + PAGE, length);
        }
      }
      // Of the zeros behind in a segment, a start reads what there is; a part of them will do.
      file.setLength(length < SEGMENT ? length : Math.min(length, end + PAGE));
    }
  }

  private static byte[] content(List<byte[]> contents, Random random, double bias) {
    final byte[] content = contents.get(pick(contents.size(), random, bias));
    if (contents.size() == 1 || random.nextInt(4) > 0) {
      return content;
    }
    final byte[] torn = content.clone();
    for (int sector = 0; sector < PAGE; sector += SECTOR) {
      final byte[] source = contents.get(pick(contents.size(), random, bias));
      System.arraycopy(source, sector, torn, sector, SECTOR);
    }
    return torn;
  }

  /** One of so many versions, the last of which is the newest. */
  static int pick(int versions, Random random, double bias) {
    return random.nextDouble() < bias ? versions - 1 : random.nextInt(versions);
  }
}
