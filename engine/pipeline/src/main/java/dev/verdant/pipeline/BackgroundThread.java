package dev.verdant.pipeline;

/** A thread whose work can wait: {@link ThreadPriority#BACKGROUND}. */
public final class BackgroundThread extends Thread {
  /** A thread that has not started. */
  public BackgroundThread(Runnable work, String name) {
    super(work, name);
  }

  @Override
  public void run() {
    ThreadPriority.BACKGROUND.assume();
    super.run();
  }
}
