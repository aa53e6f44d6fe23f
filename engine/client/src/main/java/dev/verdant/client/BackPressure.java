package dev.verdant.client;

/** What a call does when the client's window is full. */
public enum BackPressure {
  /** Wait for room, on the caller's thread, at most until the call's deadline. */
  WAIT,
  /** Answer {@code BUSY} at once; nothing was sent. */
  FAIL_FAST
}
