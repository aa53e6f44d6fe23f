package dev.verdant.ops.history;

import dev.verdant.client.result.Result;
import java.io.IOException;

/** Hears what becomes of each row of an import. */
public interface RowListener {
  /** The ledger's answer to a row's command. */
  void onAnswer(String file, long row, String orderId, Result result) throws IOException;

  /** A row that could not be made into a command, or must not be sent. */
  void onUnusable(String file, long row, String orderId, String reason, String detail)
      throws IOException;

  /**
   * An account of the source could not be opened as the import would have it; its rows go on.
   *
   * @param account as in the source.
   */
  void onAccountRefused(String file, long row, String account, String status) throws IOException;
}
