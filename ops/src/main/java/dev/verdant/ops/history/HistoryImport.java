package dev.verdant.ops.history;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.Query;
import dev.verdant.client.request.RefundRequest;
import dev.verdant.client.request.ReleaseRequest;
import dev.verdant.client.result.PoolsQueryResult;
import dev.verdant.client.result.Result;
import dev.verdant.client.result.SequenceResult;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVRecord;

/**
 * Drives a history through a ledger, row by row in the order of the files. An account is opened
 * when its first row comes. Before the first command of each new business day every pool is
 * released for that day. Doing it again books nothing twice: accounts and orders are duplicates,
 * orders whose ids the ledger has forgotten are not sent, and the days of the releases have passed.
 *
 * <p>Depends on nothing but files, options, and at the start the ledger's pools, business day and
 * what it remembers, so that the same import gives the same ledger wherever it runs.
 */
public final class HistoryImport implements AutoCloseable {
  private final Exchange exchange;
  private final ImportOptions options;
  private final RowListener listener;
  private final ImportProgress progress;
  private final ImportSummary summary = new ImportSummary();
  private final SeenAccounts accounts;
  private final List<PoolsQueryResult.Pool> pools;
  private final BusinessCalendar calendar;
  private final RememberedDays rememberedDays;
  private final AccountOptions merchantOptions;
  private long businessDay = Long.MIN_VALUE;

  /**
   * @param exchange with the ledger, which is asked here for its pools, its business day and which
   *     transaction ids it remembers.
   * @param listener hears what becomes of each row.
   * @throws CommandFailure if the ledger does not tell.
   */
  public HistoryImport(
      Exchange exchange, ImportOptions options, RowListener listener, ImportProgress progress) {
    this.exchange = exchange;
    this.options = options;
    this.listener = listener;
    this.progress = progress;
    this.pools = exchange.call(new Query.Pools()).pools();
    SequenceResult now = exchange.call(new Query.Sequence());
    this.calendar = new BusinessCalendar(now.businessOffsetMinutes());
    this.rememberedDays = new RememberedDays(now);
    this.merchantOptions = AccountOptions.builder().concessionBps(options.concessionBps()).build();
    // Last: nobody would close it where the ledger does not tell.
    this.accounts = new SeenAccounts();
  }

  /**
   * Requires that a file has a header with the columns that an import needs.
   *
   * @throws IOException if it cannot be read.
   * @throws CommandFailure if it lacks a column.
   */
  public static void requireColumns(Path path, ColumnMapping mapping) throws IOException {
    try (HistoryFile history = HistoryFile.open(path)) {
      new RowParser(path.toString(), history.header(), mapping);
    }
  }

  /**
   * Imports one file to its end, or as far as it can be read, and waits for all answers.
   *
   * @throws IOException if it cannot be read, or the listener fails.
   * @throws CommandFailure if it lacks a column, or the ledger takes no more.
   */
  public void run(Path path) throws IOException {
    String file = path.toString();
    try (HistoryFile history = HistoryFile.open(path)) {
      RowParser parser = new RowParser(file, history.header(), options.mapping());
      for (CSVRecord record = next(history); record != null; record = next(history)) {
        take(file, parser, record);
        progress.onRow(file, summary.rows(), history);
      }
      exchange.awaitAll();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private CSVRecord next(HistoryFile history) throws IOException {
    try {
      return history.next();
    } catch (IOException e) {
      // What has been sent is booked: what becomes of it is to be told.
      exchange.awaitAll();
      throw e;
    }
  }

  /** Frees what it remembers. */
  @Override
  public void close() {
    accounts.close();
  }

  /** What became of everything so far. */
  public ImportSummary summary() {
    return summary;
  }

  private void take(String file, RowParser parser, CSVRecord record) throws IOException {
    summary.onRow();
    try {
      HistoryRow row = parser.parse(record);
      long day = calendar.day(row.timeMillis());
      rememberedDays.take(day);
      releaseOnNewDay(day, row.timeMillis());
      send(file, row);
    } catch (UnusableRowException e) {
      summary.onUnusable(e.reason());
      listener.onUnusable(
          file,
          record.getRecordNumber(),
          parser.orderId(record),
          e.reason().name(),
          e.getMessage());
    }
  }

  private void send(String file, HistoryRow row) {
    long consumer = open(file, row, row.consumer(), AccountKind.CONSUMER, AccountOptions.NONE);
    long merchant = open(file, row, row.merchant(), AccountKind.MERCHANT, merchantOptions);
    if (row.isRefund()) {
      exchange.send(
          new RefundRequest(
              ExternalIds.transactionId(row.orderId()),
              ExternalIds.transactionId(row.refundOf()),
              row.amountFen(),
              row.timeMillis()),
          result -> onAnswer(file, row, result));
    } else {
      exchange.send(
          new OrderRequest(
              ExternalIds.transactionId(row.orderId()),
              consumer,
              merchant,
              row.amountFen(),
              0,
              OrderRequest.DEFAULT_CHANNEL,
              row.timeMillis()),
          result -> onAnswer(file, row, result));
    }
  }

  private void releaseOnNewDay(long day, long timeMillis) {
    if (day <= businessDay) {
      return;
    }
    businessDay = day;
    for (PoolsQueryResult.Pool pool : pools) {
      exchange.send(
          new ReleaseRequest(pool.pool(), OptionalInt.of((int) day), timeMillis),
          result -> summary.onRelease(result.status()));
    }
  }

  private long open(
      String file, HistoryRow row, String text, AccountKind kind, AccountOptions accountOptions) {
    ExternalIds.Account account = ExternalIds.account(text);
    if (accounts.add(account)) {
      exchange.send(
          new OpenAccountRequest(account.id(), kind, accountOptions, row.timeMillis()),
          result -> onAccount(file, row, text, result));
    } else if (!accounts.has(account)) {
      exchange.awaitAll();
      throw CommandFailure.failed(
          file
              + " row "
              + row.number()
              + ": "
              + text
              + " has the account id "
              + Long.toUnsignedString(account.id())
              + ", which is that of another text before it");
    }
    return account.id();
  }

  private void onAnswer(String file, HistoryRow row, Result result) {
    summary.onAnswer(row, result.status());
    try {
      listener.onAnswer(file, row.number(), row.orderId(), result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void onAccount(String file, HistoryRow row, String text, Result result) {
    summary.onAccount(result.status());
    if (!result.accepted() && result.status() != Status.DUPLICATE) {
      try {
        listener.onAccountRefused(file, row.number(), text, result.status().name());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
