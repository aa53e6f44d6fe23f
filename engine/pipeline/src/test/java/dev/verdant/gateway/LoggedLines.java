package dev.verdant.gateway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs, kept from the console until closed. */
final class LoggedLines extends Handler {
  private final List<LogRecord> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private volatile boolean failing;

  private LoggedLines(Logger logger) {
    this.logger = logger;
  }

  /** Keeps what the class logs from now on. */
  static LoggedLines of(Class<?> type) {
    final LoggedLines lines = new LoggedLines(Logger.getLogger(type.getName()));
    lines.logger.addHandler(lines);
    lines.logger.setUseParentHandlers(false);
    return lines;
  }

  /** Has the log throw, as on a full disk. */
  void failFromNowOn() {
    failing = true;
  }

  List<LogRecord> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord line) {
    if (failing) {
      throw new IllegalStateException("a full disk, say");
    }
    lines.add(line);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.setUseParentHandlers(true);
    logger.removeHandler(this);
  }
}
