package dev.verdant.ledger;

import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.RefundDecoder;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Brings near what the orders and refunds of a window will touch, before they are applied one after
 * the other. The cost of an order on a large ledger is its cache misses: index, account, lot,
 * transaction index. One after the other each of them is waited for; here the misses of a whole
 * window are under way together.
 *
 * <p>In three steps, each needing what the one before brought: index entries; records; what records
 * point to. Each step first collects addresses and then reads them in a loop of nothing else: a
 * core looks some hundred instructions ahead, so only so tight a loop lets it start one miss before
 * the last has ended.
 *
 * <p>Reads only, and what it finds decides nothing: a command left out, or one that the commands
 * before it make touch something else, only waits longer.
 */
final class Lookahead {
  /** Commands of a window: enough to fill all of a core's line buffers many times over. */
  static final int WINDOW = 64;

  /** Most lines that one command adds to a step. */
  private static final int LINES = 8;

  private final LedgerState state;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final OrderDecoder order = new OrderDecoder();
  private final RefundDecoder refund = new RefundDecoder();
  private final long[] accountIds = new long[2 * WINDOW];
  private final long[] orderIds = new long[2 * WINDOW];
  private final long[] accounts = new long[4 * WINDOW];
  private final long[] lines = new long[LINES * WINDOW];
  private int accountIdCount;
  private int orderIdCount;
  private int accountCount;
  private int lineCount;
  private int commands;

  /** What was read, so that no compiler takes the reads away. */
  @SuppressWarnings("UnusedVariable")
  private long sink;

  Lookahead(LedgerState state) {
    this.state = state;
  }

  /** Adds a command to the window; those beyond {@link #WINDOW} are left out. */
  void add(DirectBuffer command, int offset) {
    if (commands == WINDOW) {
      return;
    }
    commands++;
    final int template = header.wrap(command, offset).templateId();
    if (template == OrderDecoder.TEMPLATE_ID) {
      order.wrapAndApplyHeader(command, offset, header);
      addAccount(order.buyer());
      addAccount(order.merchant());
      addLine(state.transactions.home(order.idLow(), order.idHigh()));
    } else if (template == RefundDecoder.TEMPLATE_ID) {
      refund.wrapAndApplyHeader(command, offset, header);
      addLine(state.transactions.home(refund.idLow(), refund.idHigh()));
      addLine(state.transactions.home(refund.orderLow(), refund.orderHigh()));
      orderIds[orderIdCount++] = refund.orderLow();
      orderIds[orderIdCount++] = refund.orderHigh();
    }
  }

  private void addAccount(long id) {
    accountIds[accountIdCount++] = id;
    addLine(state.accounts.home(id));
  }

  private void addLine(long address) {
    lines[lineCount++] = address;
  }

  /** Reads what the window's commands will touch, and empties the window. */
  void run() {
    lineCount = state.transactions.homesOfExpiring(commands, lines, lineCount);
    read();
    for (int i = 0; i < accountIdCount; i++) {
      addRecord(state.accounts.guess(accountIds[i]));
    }
    for (int i = 0; i < orderIdCount; i += 2) {
      addOrder(state.transactions.guess(orderIds[i], orderIds[i + 1]));
    }
    read();
    for (int i = 0; i < accountCount; i++) {
      addLinked(accounts[i]);
    }
    read();
    accountIdCount = 0;
    orderIdCount = 0;
    accountCount = 0;
    commands = 0;
  }

  private void addRecord(int account) {
    if (account != 0) {
      final long a = state.accounts.read(account);
      accounts[accountCount++] = a;
      addLine(a);
      addLine(a + Accounts.SECOND_LINE);
    }
  }

  /** The record itself is waited for: refunds are few. */
  private void addOrder(int transaction) {
    if (transaction != 0) {
      final long record = state.transactions.read(transaction);
      if (Transactions.isAcceptedOrder(record)) {
        addRecord(Transactions.buyer(record));
        addRecord(Transactions.merchant(record));
      }
    }
  }

  private void addLinked(long a) {
    final int lot = Accounts.lots(a);
    if (lot != 0) {
      addLine(state.lots.read(lot));
    }
    final int quota = Accounts.quotas(a);
    if (quota != 0) {
      addLine(state.quotas.read(quota));
    }
    final int referrer = Accounts.referrer(a);
    if (referrer != 0) {
      addLine(state.accounts.read(referrer));
    }
  }

  private void read() {
    final long[] addresses = lines;
    final int count = lineCount;
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += UnsafeApi.getLong(addresses[i]);
    }
    sink += sum;
    lineCount = 0;
  }
}
