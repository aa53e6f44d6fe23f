package dev.verdant.journal;

import dev.verdant.journal.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The real disk, until it is told to fail or to be full. */
public final class TroubledDisk implements Disk {
  private final Queue<Integer> allocations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger forces = new AtomicInteger();
  private volatile boolean failing;
  private volatile boolean failingWriting;
  private volatile boolean readOnly;
  private volatile Predicate<Path> stubborn = path -> false;
  private volatile boolean freeSpaceUnknown;
  private volatile long claimedTo;
  private volatile long usableBytes = Long.MAX_VALUE;
  private volatile Path boundary = Path.of("/");

  /** From now on every force of a file fails. */
  public void failForces() {
    failing = true;
  }

  /** From now on the system fails to write what nobody waits for. */
  public void failWriting() {
    failingWriting = true;
  }

  /** What can neither be renamed nor deleted from now on. */
  void stubborn(Predicate<Path> paths) {
    stubborn = paths;
  }

  /** What the next claims of blocks give, one after the other: errors, or 0. */
  public void allocations(Integer... outcomes) {
    allocations.addAll(List.of(outcomes));
  }

  /** How many of these have not been asked for. */
  public int allocationsLeft() {
    return allocations.size();
  }

  /** From now on it is read-only. */
  public void refuseWrites() {
    readOnly = true;
  }

  /** It takes writes once more, as after a remount. */
  public void takeWritesAgain() {
    readOnly = false;
  }

  /** Whether it fails to tell what is free. */
  public void freeSpaceUnknown(boolean unknown) {
    freeSpaceUnknown = unknown;
  }

  /** Up to where of a file blocks were claimed last, and granted. */
  long claimedTo() {
    return claimedTo;
  }

  /** What it says is free. */
  public void usableBytes(long bytes) {
    usableBytes = bytes;
  }

  /** Forces of files so far. */
  public int forces() {
    return forces.get();
  }

  /** Bounds what that is about: elsewhere there is room without end. */
  void only(Path directory) throws IOException {
    boundary = directory.toRealPath();
  }

  @Override
  public void force(Path path, FileChannel file) throws IOException {
    forces.incrementAndGet();
    if (failing) {
      throw new IOException("Input/output error");
    }
    REAL.force(path, file);
  }

  @Override
  public void requireWritten(Path path) throws IOException {
    if (failingWriting) {
      throw new IOException("Input/output error");
    }
    REAL.requireWritten(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    REAL.forceDirectory(directory);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    REAL.createDirectory(directory);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    requireWilling(from);
    REAL.replace(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    requireWilling(path);
    REAL.delete(path);
  }

  private void requireWilling(Path path) throws IOException {
    if (stubborn.test(path)) {
      throw new IOException("Input/output error");
    }
  }

  @Override
  public void setLength(Path path, RandomAccessFile file, long length) throws IOException {
    REAL.setLength(path, file, length);
  }

  @Override
  public int write(Path path, FileChannel file, ByteBuffer bytes, long position)
      throws IOException {
    return REAL.write(path, file, bytes, position);
  }

  @Override
  public int allocate(int descriptor, long position, long length) {
    final Integer outcome = allocations.poll();
    if (outcome != null && outcome != 0) {
      return outcome;
    }
    claimedTo = position + length;
    return REAL.allocate(descriptor, position, length);
  }

  @Override
  public int release(int descriptor, long position, long length) {
    return REAL.release(descriptor, position, length);
  }

  @Override
  public boolean takesWrites(Path directory) {
    return !readOnly;
  }

  @Override
  public FreeSpace freeSpace(Path directory) throws IOException {
    final Path real = directory.toRealPath();
    return () -> {
      if (freeSpaceUnknown) {
        throw new IOException("Input/output error");
      }
      return real.startsWith(boundary) ? usableBytes : Long.MAX_VALUE;
    };
  }
}
