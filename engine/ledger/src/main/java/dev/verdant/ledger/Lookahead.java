package dev.verdant.ledger;

import dev.verdant.ledger.message.AccountQueryMessage;
import dev.verdant.ledger.message.FundsMessage;
import dev.verdant.ledger.message.MessageMemory;
import dev.verdant.ledger.message.OpeningMessage;
import dev.verdant.ledger.message.OrderMessage;
import dev.verdant.ledger.message.RefundMessage;
import dev.verdant.memory.BranchFree;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.AccountQueryDecoder;
import dev.verdant.protocol.codec.IssueDecoder;
import dev.verdant.protocol.codec.OpenAccountDecoder;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.PayoutDecoder;
import dev.verdant.protocol.codec.RedeemCoinsDecoder;
import dev.verdant.protocol.codec.RefundDecoder;
import dev.verdant.protocol.codec.ReleaseReserveDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Brings near what the commands and queries of a window will touch, before they are applied and
 * answered one after the other. The cost of an order or an issue on a large ledger is its cache
 * misses: index, account, lot, transaction index. One after the other each of them is waited for;
 * here the misses of a whole window are under way together.
 *
 * <p>In steps, each needing what the one before brought: index entries; records, and the entries
 * where probes for new transactions go on; what records point to, with it the second line of the
 * lots of those who must catch up, and then line after line of these. Each step first collects
 * addresses and then reads them in a loop of nothing else: a core looks some hundred instructions
 * ahead, so only so tight a loop lets it start one miss before the last has ended.
 *
 * <p>Reads only, and what it finds decides nothing: a command left out, or one that the commands
 * before it make touch something else, only waits longer. The slots found for the parties of a
 * command are offered to its rules, which look at the records' ids anyway.
 */
final class Lookahead {
  /** Messages of a window: enough to fill all of a core's line buffers many times over. */
  static final int WINDOW = 64;

  /** Most lines that one message adds to a step. */
  private static final int LINES = 18;

  /** In place of the party of a command: the account of a query, whose slot nobody is offered. */
  private static final int QUERIED = 2 * WINDOW;

  private final LedgerState state;
  private final MessageMemory memory = new MessageMemory();
  private final long[] partyHashes = new long[2 * WINDOW];
  private final long[] partyHomes = new long[2 * WINDOW];

  /** Which party of the window each of them is. */
  private final int[] parties = new int[2 * WINDOW];

  /** Where the probes for the ids of the window's transactions begin. */
  private final long[] transactionHomes = new long[WINDOW];

  private int transactionCount;
  private final long[] refundedHashes = new long[WINDOW];
  private final long[] accounts = new long[2 * WINDOW];

  /** 1 for those of them that their commands bring to now. */
  private final int[] catchUps = new int[2 * WINDOW];

  private final long[] lines = new long[LINES * WINDOW];
  private int partyCount;
  private int refunds;
  private int accountCount;

  /** The lines of lots reached so far of accounts that must catch up. */
  private final long[] chains = new long[2 * WINDOW];

  private int chainCount;

  private int lineCount;

  /** Messages of the window, and the commands among them. */
  private int messages;

  private int commands;

  /**
   * Slots that the parties of the window's commands most likely have, two for each place: the buyer
   * or the only account, and the merchant. The last one is that of {@link #QUERIED}.
   */
  private final int[] slots = new int[QUERIED + 1];

  /** Sequence of the first command of the window that was last read. */
  private long firstSequence;

  private int windowCommands;

  /** What was read, so that no compiler takes the reads away. */
  @SuppressWarnings("UnusedVariable")
  private long sink;

  Lookahead(LedgerState state) {
    this.state = state;
  }

  /** Adds a command or a query to the window; those beyond {@link #WINDOW} are left out. */
  void add(DirectBuffer message, int offset) {
    if (messages == WINDOW) {
      return;
    }
    messages++;
    final int templateId = Messages.templateId(message, offset);
    if (Messages.isCommand(templateId)) {
      addCommand(commands++, templateId, message, offset);
    } else if (templateId == AccountQueryDecoder.TEMPLATE_ID) {
      final long query = memory.read(message, offset, AccountQueryMessage.LENGTH);
      addParty(QUERIED, AccountQueryMessage.account(query));
    }
  }

  private void addCommand(int place, int templateId, DirectBuffer command, int offset) {
    switch (templateId) {
      case OrderDecoder.TEMPLATE_ID ->
          addOrder(place, memory.read(command, offset, OrderMessage.LENGTH));
      case RefundDecoder.TEMPLATE_ID ->
          addRefund(memory.read(command, offset, RefundMessage.LENGTH));
      case IssueDecoder.TEMPLATE_ID,
          RedeemCoinsDecoder.TEMPLATE_ID,
          PayoutDecoder.TEMPLATE_ID,
          ReleaseReserveDecoder.TEMPLATE_ID ->
          addFunds(place, memory.read(command, offset, FundsMessage.LENGTH));
      case OpenAccountDecoder.TEMPLATE_ID ->
          addOpening(memory.read(command, offset, OpeningMessage.LENGTH));
      default -> {
        // touches little, or comes seldom
      }
    }
  }

  private void addOrder(int place, long order) {
    addParty(2 * place, OrderMessage.buyer(order));
    addParty(2 * place + 1, OrderMessage.merchant(order));
    addTransaction(Transactions.hash(OrderMessage.idLow(order), OrderMessage.idHigh(order)));
  }

  private void addFunds(int place, long command) {
    addParty(2 * place, FundsMessage.account(command));
    addTransaction(Transactions.hash(FundsMessage.idLow(command), FundsMessage.idHigh(command)));
  }

  /** Adds the index entry of an account that comes. */
  private void addOpening(long opening) {
    addLine(state.accounts.home(Accounts.hash(OpeningMessage.account(opening))));
  }

  private void addRefund(long refund) {
    final long refunded =
        Transactions.hash(RefundMessage.orderLow(refund), RefundMessage.orderHigh(refund));
    addTransaction(Transactions.hash(RefundMessage.idLow(refund), RefundMessage.idHigh(refund)));
    addLine(state.transactions.home(refunded));
    refundedHashes[refunds++] = refunded;
  }

  /** Adds the index entry of a transaction that comes. */
  private void addTransaction(long hash) {
    transactionHomes[transactionCount++] = state.transactions.home(hash);
  }

  private void addParty(int party, long id) {
    final long hash = Accounts.hash(id);
    final int number = partyCount++;
    partyHashes[number] = hash;
    partyHomes[number] = state.accounts.home(hash);
    parties[number] = party;
  }

  /** Adds an address, or none where it is 0. */
  private void addLine(long address) {
    if (address != 0) {
      lines[lineCount++] = address;
    }
  }

  /** Reads what the window's commands will touch, and empties the window. */
  void run() {
    readHomes();
    readLines();
    Arrays.fill(slots, 0, 2 * commands, 0);
    for (int i = 0; i < partyCount; i++) {
      slots[parties[i]] =
          addAccount(state.accounts.guess(partyHomes[i], partyHashes[i]), isFirst(parties[i]));
    }
    for (int i = 0; i < transactionCount; i++) {
      addLine(state.transactions.behind(transactionHomes[i]));
    }
    for (int i = 0; i < refunds; i++) {
      addRefunded(state.transactions.guess(refundedHashes[i]));
    }
    readAccounts();
    readLines();
    for (int i = 0; i < accountCount; i++) {
      addLinked(accounts[i], catchUps[i]);
    }
    goOnAlongChains();
    readLines();
    while (chainCount != 0) {
      goOnAlongChains();
      readLines();
    }
    firstSequence = state.sequence + 1;
    windowCommands = commands;
    partyCount = 0;
    transactionCount = 0;
    refunds = 0;
    accountCount = 0;
    messages = 0;
    commands = 0;
  }

  /** Slot that the buyer of the order at hand most likely has, 0 if that is not known. */
  int buyer() {
    return party(0);
  }

  /** Slot that the merchant of the order at hand most likely has, 0 if that is not known. */
  int merchant() {
    return party(1);
  }

  /** Slot that the account of the command at hand most likely has, 0 if that is not known. */
  int account() {
    return party(0);
  }

  private int party(int number) {
    final long place = state.sequence - firstSequence;
    return place >= 0 && place < windowCommands ? slots[2 * (int) place + number] : 0;
  }

  /**
   * 1 for a command's first party, which catches up, and for a query's account, which is computed
   * as if it did; 0 for the second, an order's merchant.
   */
  private static int isFirst(int party) {
    return ~party & 1;
  }

  private int addAccount(int account, int catchesUp) {
    if (account != 0) {
      final long a = state.accounts.read(account);
      catchUps[accountCount] = catchesUp;
      accounts[accountCount++] = a;
      addLine(state.accounts.gate(account));
    }
    return account;
  }

  /** The record itself is waited for: refunds are few. */
  private void addRefunded(int transaction) {
    if (transaction != 0) {
      final long record = state.transactions.read(transaction);
      if (Transactions.isAcceptedOrder(record)) {
        addAccount(Transactions.buyer(record), 1);
        addAccount(Transactions.merchant(record), 1);
      }
    }
  }

  private void addLinked(long a, int catchesUp) {
    // Put behind the list, and counted where it belongs there.
    chains[chainCount] = Accounts.lots(a);
    chainCount += catchesUp & BranchFree.isSome(Accounts.run(a) ^ state.run);
    final int quota = Accounts.quotas(a);
    if (quota != 0) {
      addLine(state.quotas.read(quota));
      addLine(state.quotas.gate(quota));
    }
    final int referrer = Accounts.referrer(a);
    if (referrer != 0) {
      final long r = state.accounts.read(referrer);
      addLine(r);
      addLine(Accounts.lots(r));
      addLine(state.accounts.gate(referrer));
    }
    final int marketer = Accounts.marketer(a);
    if (marketer != 0) {
      final long agent = state.accounts.read(marketer);
      addLine(agent);
      addLine(agent + Accounts.THIRD_LINE);
      addLine(state.accounts.gate(marketer));
    }
  }

  private void goOnAlongChains() {
    int longer = 0;
    for (int i = 0; i < chainCount; i++) {
      final int next = LotLine.next(chains[i]);
      final long line = state.lots.read(next);
      lines[lineCount] = line;
      lineCount += BranchFree.isSome(next);
      chains[longer] = line;
      longer += BranchFree.isSome(next);
    }
    chainCount = longer;
  }

  /** Reads where the probes for the window's accounts and transactions begin. */
  private void readHomes() {
    long sum = 0;
    for (int i = 0; i < partyCount; i++) {
      sum += UnsafeApi.getLong(partyHomes[i]);
    }
    for (int i = 0; i < transactionCount; i++) {
      sum += UnsafeApi.getLong(transactionHomes[i]);
    }
    sink += sum;
  }

  /** Reads all lines of the window's accounts. */
  private void readAccounts() {
    long sum = 0;
    for (int i = 0; i < accountCount; i++) {
      final long a = accounts[i];
      sum +=
          UnsafeApi.getLong(a)
              + UnsafeApi.getLong(Accounts.lots(a))
              + UnsafeApi.getLong(a + Accounts.THIRD_LINE);
    }
    sink += sum;
  }

  /** Reads the lines on the list, and empties it. */
  private void readLines() {
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
