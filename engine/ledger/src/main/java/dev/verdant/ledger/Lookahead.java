package dev.verdant.ledger;

import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.RefundDecoder;
import java.util.Arrays;
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
 * before it make touch something else, only waits longer. The slots found for the parties of an
 * order are offered to its rules, which look at the records' ids anyway.
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
  private final long[] partyHashes = new long[2 * WINDOW];
  private final int[] orderPlaces = new int[WINDOW];
  private final long[] refundedIds = new long[2 * WINDOW];
  private final long[] accounts = new long[2 * WINDOW];
  private final long[] lines = new long[LINES * WINDOW];
  private int orders;
  private int refunds;
  private int accountCount;
  private int lineCount;
  private int commands;

  /** Slots that the parties of the window's orders most likely have, by place in the window. */
  private final int[] buyers = new int[WINDOW];

  private final int[] merchants = new int[WINDOW];

  /** Sequence of the first command of the window that was last read. */
  private long firstSequence;

  private int windowCommands;

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
    final int place = commands++;
    final int template = header.wrap(command, offset).templateId();
    if (template == OrderDecoder.TEMPLATE_ID) {
      order.wrapAndApplyHeader(command, offset, header);
      addParty(2 * orders, order.buyer());
      addParty(2 * orders + 1, order.merchant());
      orderPlaces[orders++] = place;
      addLine(state.transactions.home(order.idLow(), order.idHigh()));
    } else if (template == RefundDecoder.TEMPLATE_ID) {
      refund.wrapAndApplyHeader(command, offset, header);
      addLine(state.transactions.home(refund.idLow(), refund.idHigh()));
      addLine(state.transactions.home(refund.orderLow(), refund.orderHigh()));
      refundedIds[2 * refunds] = refund.orderLow();
      refundedIds[2 * refunds + 1] = refund.orderHigh();
      refunds++;
    }
  }

  private void addParty(int party, long id) {
    final long hash = Accounts.hash(id);
    partyHashes[party] = hash;
    addLine(state.accounts.home(hash));
  }

  private void addLine(long address) {
    lines[lineCount++] = address;
  }

  /** Reads what the window's commands will touch, and empties the window. */
  void run() {
    lineCount = state.transactions.homesOfExpiring(commands, lines, lineCount);
    read();
    Arrays.fill(buyers, 0, commands, 0);
    Arrays.fill(merchants, 0, commands, 0);
    for (int i = 0; i < orders; i++) {
      final int place = orderPlaces[i];
      buyers[place] = addAccount(state.accounts.guess(partyHashes[2 * i]));
      merchants[place] = addAccount(state.accounts.guess(partyHashes[2 * i + 1]));
    }
    for (int i = 0; i < refunds; i++) {
      addRefunded(state.transactions.guess(refundedIds[2 * i], refundedIds[2 * i + 1]));
    }
    read();
    for (int i = 0; i < accountCount; i++) {
      addLinked(accounts[i]);
    }
    read();
    firstSequence = state.sequence + 1;
    windowCommands = commands;
    orders = 0;
    refunds = 0;
    accountCount = 0;
    commands = 0;
  }

  /** Slot that the buyer of the order at hand most likely has, 0 if that is not known. */
  int buyer() {
    return party(buyers);
  }

  /** Slot that the merchant of the order at hand most likely has, 0 if that is not known. */
  int merchant() {
    return party(merchants);
  }

  private int party(int[] slots) {
    final long place = state.sequence - firstSequence;
    return place >= 0 && place < windowCommands ? slots[(int) place] : 0;
  }

  private int addAccount(int account) {
    if (account != 0) {
      final long a = state.accounts.read(account);
      accounts[accountCount++] = a;
      addLine(a);
      addLine(a + Accounts.SECOND_LINE);
    }
    return account;
  }

  /** The record itself is waited for: refunds are few. */
  private void addRefunded(int transaction) {
    if (transaction != 0) {
      final long record = state.transactions.read(transaction);
      if (Transactions.isAcceptedOrder(record)) {
        addAccount(Transactions.buyer(record));
        addAccount(Transactions.merchant(record));
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
