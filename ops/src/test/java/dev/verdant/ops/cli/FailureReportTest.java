package dev.verdant.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.pipeline.JournalException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailureReportTest {
  @Command(name = "failing")
  private record Failing(Throwable failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  private static String reportOf(Throwable failure) {
    StringWriter messages = new StringWriter();
    int status =
        new CommandLine(new Failing(failure))
            .setErr(new PrintWriter(messages))
            .setExecutionStrategy(FailureReport::execute)
            .setExecutionExceptionHandler(FailureReport::onFailure)
            .execute();
    assertThat(status).isEqualTo(1);
    return messages.toString();
  }

  @Test
  void shouldSayInOneLineThatThereIsNoMemory() {
    assertThat(reportOf(new OutOfMemoryError("Unable to allocate 4096 bytes")))
        .isEqualTo("failing: out of memory: Unable to allocate 4096 bytes\n");
  }

  @Test
  void shouldSayInOneLineThatTheDiskHasFailed() {
    String failure = "cannot force sequence 7 to disk: Input/output error";
    assertThat(reportOf(new JournalException(failure))).isEqualTo("failing: " + failure + "\n");
  }
}
