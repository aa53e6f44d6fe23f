package dev.verdant.ops.system;

import dev.verdant.client.request.View;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.InProcessSession;
import dev.verdant.ops.session.LedgerSession;
import dev.verdant.ops.session.RemoteSession;
import dev.verdant.ops.view.AccountsView;
import dev.verdant.ops.view.LedgerViews;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The views of a ledger, as the commands print them.
 *
 * @param accounts JSON lines.
 * @param pools JSON lines.
 * @param balance a JSON object.
 * @param digest a JSON object.
 */
record Views(String accounts, String pools, String balance, String digest) {
  static Views ofServer(int port) throws IOException {
    try (LedgerSession session = RemoteSession.connect("127.0.0.1", port)) {
      return of(session);
    }
  }

  static Views ofDirectory(Path data) throws IOException {
    try (LedgerSession session = InProcessSession.open(data)) {
      return of(session);
    }
  }

  static Views of(LedgerSession session) throws IOException {
    Exchange exchange = new Exchange(session.connection(), 1, 60);
    return new Views(
        text(out -> new AccountsView(exchange, out).writeAll()),
        text(out -> new LedgerViews(exchange, out).writePools()),
        text(out -> new LedgerViews(exchange, out).writeTrialBalance(View.now())),
        text(out -> new LedgerViews(exchange, out).writeDigest(View.now())));
  }

  private interface Printer {
    void write(JsonLines out) throws IOException;
  }

  private static String text(Printer printer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonLines out = new JsonLines(bytes)) {
      printer.write(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
