package dev.verdant.ops.demo;

import dev.verdant.client.request.Query;
import dev.verdant.client.request.Request;
import dev.verdant.client.result.DigestResult;
import dev.verdant.client.result.Reply;
import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.Limits;
import org.agrona.concurrent.UnsafeBuffer;

/** A ledger in memory that gets every command once, undisturbed: what the server must equal. */
final class ReferenceLedger implements AutoCloseable {
  private final Ledger ledger = new Ledger();
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[Limits.MAX_MESSAGE_LENGTH]);
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_QUERY_REPLY_LENGTH]);

  void apply(Request<?> command) {
    int length = command.encode(message, 0, 0);
    ledger.apply(ledger.sequence() + 1, message, 0, length, reply, 0);
  }

  DigestResult digest() {
    Query.Digest query = new Query.Digest();
    int length = query.encode(message, 0, 0);
    int replyLength = ledger.query(message, 0, length, reply, 0);
    return query.decode(new Reply().wrap(reply, 0, replyLength, false));
  }

  @Override
  public void close() {
    ledger.close();
  }
}
