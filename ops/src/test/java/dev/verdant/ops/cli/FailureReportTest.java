package dev.verdant.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.pipeline.JournalException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailureReportTest {
  @Command(name = "large")
  private static final class Large implements Runnable {
    @Override
    public void run() {
      throw new OutOfMemoryError("Unable to allocate 4096 bytes");
    }
  }

  @Test
  void shouldSayInOneLineThatThereIsNoMemory() {
    StringWriter messages = new StringWriter();
    int status =
        new CommandLine(new Large())
            .setErr(new PrintWriter(messages))
            .setExecutionStrategy(FailureReport::execute)
            .execute();
    assertThat(status).isEqualTo(1);
    assertThat(messages).hasToString("large: out of memory: Unable to allocate 4096 bytes\n");
  }

  @Command(name = "closing")
  private static final class Closing implements Runnable {
    @Override
    public void run() {
      throw new JournalException("cannot force sequence 7 to disk: Input/output error");
    }
  }

  @Test
  void shouldSayInOneLineThatTheDiskHasFailed() {
    StringWriter messages = new StringWriter();
    int status =
        new CommandLine(new Closing())
            .setErr(new PrintWriter(messages))
            .setExecutionExceptionHandler(FailureReport::onFailure)
            .execute();
    assertThat(status).isEqualTo(1);
    assertThat(messages)
        .hasToString("closing: cannot force sequence 7 to disk: Input/output error\n");
  }
}
