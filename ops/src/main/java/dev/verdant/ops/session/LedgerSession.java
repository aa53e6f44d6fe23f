package dev.verdant.ops.session;

import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.codec.ClockMode;
import java.io.IOException;

/** A ledger to talk to, wherever it runs. One thread at a time. */
public interface LedgerSession extends AutoCloseable {
  /** Requests in, replies out. */
  MessageConnection connection();

  /** Where engine time comes from. */
  ClockMode clock();

  /** Names the ledger in messages. */
  String name();

  /** Ends the session; a ledger in this process is closed with all that it acknowledged kept. */
  @Override
  void close() throws IOException;
}
