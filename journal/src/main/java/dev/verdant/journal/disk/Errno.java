package dev.verdant.journal.disk;

/** Numbers of the system's errors, as Linux has them, by the system's names. */
public final class Errno {
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;
  public static final int ESPIPE = 29;
  public static final int EROFS = 30;
  public static final int ENOSYS = 38;
  public static final int EOPNOTSUPP = 95;
  public static final int EDQUOT = 122;

  private Errno() {}
}
