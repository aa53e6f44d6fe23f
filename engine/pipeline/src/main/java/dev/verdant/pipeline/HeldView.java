package dev.verdant.pipeline;

/**
 * The view that a connection may go on with: the one it was answered from last, while it has said
 * that it wants more. Between its queries the view lies here, during one a reader thread has it.
 *
 * <p>Safe from any thread; each call is short.
 */
final class HeldView {
  private AgedSnapshot view;
  private long sinceNanos;
  private boolean closed;

  /** Takes out the view of this sequence; null if it is not here, or was given up. */
  synchronized AgedSnapshot take(long sequence) {
    if (view == null || view.snapshot().sequence() != sequence) {
      return null;
    }
    if (!view.snapshot().isOpen()) {
      drop();
      return null;
    }
    final AgedSnapshot taken = view;
    view = null;
    return taken;
  }

  /** Lays a view here in place of any other; closes it if the connection is closed. */
  synchronized void keep(AgedSnapshot newView, long nowNanos) {
    drop();
    if (closed) {
      newView.snapshot().close();
    } else {
      view = newView;
      sinceNanos = nowNanos;
    }
  }

  /** Closes what lies here. */
  synchronized void drop() {
    if (view != null) {
      view.snapshot().close();
      view = null;
    }
  }

  /** Closes what has lain here for so long, or was given up. */
  synchronized void dropIdle(long nowNanos, long idleNanos) {
    if (view != null && (nowNanos - sinceNanos >= idleNanos || !view.snapshot().isOpen())) {
      drop();
    }
  }

  /** Closes what lies here, and whatever comes. */
  synchronized void close() {
    closed = true;
    drop();
  }
}
