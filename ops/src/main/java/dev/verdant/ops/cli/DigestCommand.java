package dev.verdant.ops.cli;

import dev.verdant.client.result.DigestResult;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.view.LedgerViews;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code verdant digest}. */
@Command(
    name = "digest",
    description = "Prints the digest of the whole state with the sequence that it is of, as JSON.")
public final class DigestCommand extends ViewCommand {
  @Mixin private ViewAge age;

  @Override
  void check() {
    age.check();
  }

  @Override
  void write(Exchange exchange, JsonLines out) throws IOException {
    DigestResult digest = new LedgerViews(exchange, out).writeDigest(age.view());
    ViewAge.tell(digest.sequence(), digest.ageMillis());
  }
}
