package dev.verdant.ops.drill.traffic;

import dev.verdant.client.request.Query;
import dev.verdant.client.result.DigestResult;
import dev.verdant.client.result.Reply;
import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.Limits;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A ledger that never crashed: fed from the drill's own record, in the order of the sequences. It
 * must give every answer that was acknowledged, to the byte, and the digest of the server.
 */
public final class Witness implements AutoCloseable {
  private final Ledger ledger = new Ledger();
  private final UnsafeBuffer query = new UnsafeBuffer(new byte[Limits.MAX_MESSAGE_LENGTH]);
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_QUERY_REPLY_LENGTH]);
  private final Reply reader = new Reply();

  /** Applies what is known to be kept, as far as the sequence has no gap. */
  public void follow(SentCommands commands) {
    for (Attempt next = commands.takeNext(); next != null; next = commands.takeNext()) {
      UnsafeBuffer message = next.message();
      int length = ledger.apply(next.sequence(), message, 0, message.capacity(), reply, 0);
      if (!next.isAnsweredLike(reply, length)) {
        throw new LieException(
            "sequence "
                + next.sequence()
                + " was acknowledged as "
                + next.status()
                + " with other figures than an undisturbed ledger gives: "
                + next);
      }
      next.decidedAs(next.request().decode(reader.wrap(reply, 0, length, false)).status());
    }
    if (commands.lastSequence() != ledger.sequence()) {
      throw new LieException(
          "the sequence has a gap: no command of sequence "
              + (ledger.sequence() + 1)
              + ", one of "
              + commands.lastSequence());
    }
  }

  /** Last sequence applied. */
  public long sequence() {
    return ledger.sequence();
  }

  /** Digest of the whole state. */
  public DigestResult digest() {
    Query.Digest digest = new Query.Digest();
    int length = digest.encode(query, 0, 0);
    int replyLength = ledger.query(query, 0, length, reply, 0);
    return digest.decode(reader.wrap(reply, 0, replyLength, false));
  }

  @Override
  public void close() {
    ledger.close();
  }
}
