package dev.verdant.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
