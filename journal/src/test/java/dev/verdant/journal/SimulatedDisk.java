package dev.verdant.journal;

import dev.verdant.journal.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A disk that can lose its power: files are real and live, and what a force has not seen is
 * uncertain. Leaves any state that a disk may be found in: each page since the last force old, new
 * or mixed by sectors, each entry of a directory since its last force there or not, independently
 * of one another, so reordered too.
 *
 * <p>What was in the tree when the disk was made is on disk already.
 */
final class SimulatedDisk implements Disk {
  /** Told at each moment at which something may have changed. */
  @FunctionalInterface
  interface Moment {
    void pass() throws IOException;
  }

  /** Entries of one directory by name: what each may be, null for nothing; the live one is last. */
  private static final class Directory {
    private final Map<String, List<Object>> entries = new TreeMap<>();

    void see(String name, Object entry) {
      final List<Object> versions = entries.computeIfAbsent(name, key -> listOf(null));
      if (versions.get(versions.size() - 1) != entry) {
        versions.add(entry);
      }
    }

    void forced() {
      entries.values().forEach(versions -> versions.subList(0, versions.size() - 1).clear());
    }

    private static List<Object> listOf(Object entry) {
      final List<Object> versions = new ArrayList<>();
      versions.add(entry);
      return versions;
    }
  }

  private final Path root;
  private final Random random;
  private final Directory rootDirectory = new Directory();

  /** By the file system's own identity; of what is gone from the live tree, nothing. */
  private Map<Object, Object> nodes = new HashMap<>();

  private Moment moment = () -> {};
  private Moment duringForce = () -> {};
  private int forcesUntilFailure = Integer.MAX_VALUE;
  private boolean forgetful;

  SimulatedDisk(Path root, Random random) throws IOException {
    this.root = root;
    this.random = random;
    observe();
    nodes.values().forEach(SimulatedDisk::settle);
    rootDirectory.forced();
  }

  /** Is called at each moment at which a loss of power may leave something new. */
  void onMoment(Moment observer) {
    moment = observer;
  }

  /** Runs once, after the next force has seen the file and before it returns. */
  void duringNextForce(Moment work) {
    duringForce = work;
  }

  /** Lets a force of a file fail, once, and what was not forced be lost or not. */
  void failForce(int after) {
    forcesUntilFailure = after;
  }

  /** Lets forces succeed and forget, as a disk does that lies. */
  void forget() {
    forgetful = true;
  }

  boolean isForgetful() {
    return forgetful;
  }

  /** Something may have happened outside of these operations. */
  void passMoment() throws IOException {
    observe();
    moment.pass();
  }

  private void observe() throws IOException {
    final Map<Object, Object> seen = new HashMap<>();
    observe(root, rootDirectory, seen);
    nodes = seen;
  }

  private void observe(Path path, Directory directory, Map<Object, Object> seen)
      throws IOException {
    final Set<String> gone = new HashSet<>(directory.entries.keySet());
    final List<Path> live;
    try (Stream<Path> list = Files.list(path)) {
      live = list.sorted().toList();
    }
    for (Path entry : live) {
      final Object key = Files.getAttribute(entry, "unix:ino");
      final boolean isDirectory = Files.isDirectory(entry);
      Object node = nodes.get(key);
      if (node == null || isDirectory != node instanceof Directory) {
        node = isDirectory ? new Directory() : new SimulatedFile();
      }
      seen.put(key, node);
      directory.see(entry.getFileName().toString(), node);
      gone.remove(entry.getFileName().toString());
      if (node instanceof Directory child) {
        observe(entry, child, seen);
      } else {
        ((SimulatedFile) node).observe(entry);
      }
    }
    gone.forEach(name -> directory.see(name, null));
  }

  private Object node(Path path) throws IOException {
    return path.toRealPath().equals(root.toRealPath())
        ? rootDirectory
        : nodes.get(Files.getAttribute(path, "unix:ino"));
  }

  private static void settle(Object node) {
    if (node instanceof Directory directory) {
      directory.forced();
    } else {
      ((SimulatedFile) node).forced();
    }
  }

  /** Leaves in an empty directory what may be found after power has been lost now. */
  void leave(Path target, Random choice) throws IOException {
    final double[] biases = {0, 0.1, 0.5, 0.9, 1};
    leave(rootDirectory, target, choice, biases[choice.nextInt(biases.length)]);
  }

  /**
   * Leaves in an empty directory what is found after the process has been killed now: all of it.
   */
  void leaveAll(Path target) throws IOException {
    leave(rootDirectory, target, random, 1);
  }

  private static void leave(Directory directory, Path target, Random choice, double bias)
      throws IOException {
    for (Map.Entry<String, List<Object>> entry : directory.entries.entrySet()) {
      final List<Object> versions = entry.getValue();
      final Object node = versions.get(SimulatedFile.pick(versions.size(), choice, bias));
      final Path path = target.resolve(entry.getKey());
      if (node instanceof Directory child) {
        Files.createDirectory(path);
        leave(child, path, choice, bias);
      } else if (node != null) {
        ((SimulatedFile) node).leave(path, choice, bias);
      }
    }
  }

  /** Only forces fail here. */
  @Override
  public void requireWritten(Path path) {}

  @Override
  public void force(Path path, FileChannel file) throws IOException {
    passMoment();
    final SimulatedFile node = (SimulatedFile) node(path);
    if (forcesUntilFailure-- == 0) {
      node.forceFailed();
      moment.pass();
      throw new IOException("Input/output error");
    }
    if (!forgetful) {
      node.forced();
    }
    final Moment work = duringForce;
    duringForce = () -> {};
    work.pass();
    passMoment();
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    passMoment();
    if (!forgetful) {
      ((Directory) node(directory)).forced();
    }
    moment.pass();
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    REAL.createDirectory(directory);
    passMoment();
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    REAL.replace(from, to);
    passMoment();
  }

  @Override
  public void delete(Path path) throws IOException {
    REAL.delete(path);
    passMoment();
  }

  @Override
  public void setLength(Path path, RandomAccessFile file, long length) throws IOException {
    REAL.setLength(path, file, length);
    passMoment();
  }

  @Override
  public int write(Path path, FileChannel file, ByteBuffer bytes, long position)
      throws IOException {
    final int limit = bytes.limit();
    bytes.limit(bytes.position() + 1 + random.nextInt(bytes.remaining()));
    final int written = REAL.write(path, file, bytes, position);
    bytes.limit(limit);
    passMoment();
    return written;
  }

  @Override
  public int allocate(int descriptor, long position, long length) {
    return REAL.allocate(descriptor, position, length);
  }

  @Override
  public int release(int descriptor, long position, long length) {
    return REAL.release(descriptor, position, length);
  }

  @Override
  public boolean takesWrites(Path directory) {
    return true;
  }

  @Override
  public FreeSpace freeSpace(Path directory) throws IOException {
    return REAL.freeSpace(directory);
  }
}
