package dev.verdant.ledger;

import dev.verdant.ledger.message.MessageMemory;
import dev.verdant.ledger.message.OrderMessage;
import dev.verdant.ledger.message.RefundMessage;
import dev.verdant.memory.Memory;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.ConfigureDecoder;
import dev.verdant.protocol.codec.IssueDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OpenAccountDecoder;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.PayoutDecoder;
import dev.verdant.protocol.codec.RedeemCoinsDecoder;
import dev.verdant.protocol.codec.RefundDecoder;
import dev.verdant.protocol.codec.ReleaseDecoder;
import dev.verdant.protocol.codec.ReleaseReserveDecoder;
import dev.verdant.protocol.codec.SettleChannelDecoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.protocol.codec.UpdateAccountDecoder;
import java.lang.ref.Cleaner;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The ledger: a pure function (state, command, sequence) to (state, reply). It owns the off-heap
 * state and knows no socket, file, clock or thread.
 *
 * <p>Not thread-safe: one thread applies, queries and opens snapshots at a time. The snapshots are
 * for other threads.
 */
public final class Ledger implements AutoCloseable {
  /** Longest reply to a command, SBE header included. */
  public static final int MAX_COMMAND_REPLY_LENGTH = 128;

  /** Longest reply to a query, SBE header included. */
  public static final int MAX_QUERY_REPLY_LENGTH = 64 * 1024;

  /** Most commands and queries worth announcing at a time; more are ignored. */
  public static final int LOOKAHEAD = Lookahead.WINDOW;

  /** Layout of a state that {@link LedgerSnapshot#writeTo} writes. */
  public static final int STATE_VERSION = StateTransfer.VERSION;

  /**
   * Its thread starts with the first ledger: a system that gives no more must not refuse it later.
   */
  static final Cleaner DROPPED_SNAPSHOTS = Cleaner.create();

  private final LedgerState state;
  private final AccountRules accountRules;
  private final ProgramRules programRules;
  private final OrderRules orderRules;
  private final RefundRules refundRules;
  private final FundsRules fundsRules;
  private final ReleaseRules releaseRules;
  private final Replies replies;
  private final Lookahead lookahead;
  private final AccountDirectory directory;
  private final Queries queries;

  private final MessageMemory memory = new MessageMemory();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final ConfigureDecoder configure = new ConfigureDecoder();
  private final OpenAccountDecoder openAccount = new OpenAccountDecoder();
  private final UpdateAccountDecoder updateAccount = new UpdateAccountDecoder();
  private final IssueDecoder issue = new IssueDecoder();
  private final RedeemCoinsDecoder redeemCoins = new RedeemCoinsDecoder();
  private final PayoutDecoder payout = new PayoutDecoder();
  private final ReleaseReserveDecoder releaseReserve = new ReleaseReserveDecoder();
  private final SettleChannelDecoder settleChannel = new SettleChannelDecoder();
  private final ReleaseDecoder release = new ReleaseDecoder();

  /** An empty ledger with the default program and the default limit for snapshots. */
  public Ledger() {
    this(Memory.DEFAULT_CUT_LIMIT_BYTES);
  }

  /**
   * An empty ledger with the default program.
   *
   * @param snapshotLimitBytes that may be kept off heap for open snapshots, 0 or more; the oldest
   *     snapshot is given up when more would be needed.
   * @throws IllegalArgumentException if the limit is negative.
   */
  public Ledger(long snapshotLimitBytes) {
    Memory.prepareForCuts();
    state = new LedgerState(new Memory(snapshotLimitBytes));
    final CatchUp catchUp = new CatchUp(state);
    final PointIssuer points = new PointIssuer(state);
    final ExactlyOnce exactlyOnce = new ExactlyOnce(state);
    lookahead = new Lookahead(state);
    accountRules = new AccountRules(state, catchUp);
    programRules = new ProgramRules(state);
    orderRules = new OrderRules(state, lookahead, exactlyOnce, catchUp, points);
    refundRules = new RefundRules(state, exactlyOnce, catchUp, points);
    fundsRules = new FundsRules(state, lookahead, exactlyOnce, points);
    releaseRules = new ReleaseRules(state);
    replies = new Replies(state, catchUp);
    directory = new AccountDirectory(state.accounts);
    queries = new Queries(state, catchUp, directory);
  }

  /**
   * Announces a command or query that will come soon; {@link #lookAhead} then brings near what the
   * announced ones will touch. Changes no result, only how long it takes.
   *
   * @param message as for {@link #apply} or {@link #query}.
   */
  public void announce(DirectBuffer message, int offset) {
    lookahead.add(message, offset);
  }

  /** Reads what the commands and queries announced since the last call will touch. */
  public void lookAhead() {
    lookahead.run();
  }

  /**
   * A ledger as a snapshot of another was: it goes on exactly as that one did.
   *
   * @param snapshotLimitBytes that may be kept off heap for open snapshots, 0 or more.
   * @param source gives what {@link LedgerSnapshot#writeTo} wrote with the same {@link
   *     #STATE_VERSION}; an exception of its own ends the reading.
   * @throws IllegalArgumentException if what it gives is no state.
   */
  public static Ledger read(long snapshotLimitBytes, StateSource source) {
    final Ledger ledger = new Ledger(snapshotLimitBytes);
    boolean read = false;
    try {
      StateTransfer.read(ledger.state, source);
      read = true;
      return ledger;
    } finally {
      if (!read) {
        ledger.close();
      }
    }
  }

  /**
   * Applies one command and writes its reply.
   *
   * @param sequence of the command, one more than the last one's; the first is 1.
   * @param command holds a command message that {@code MessageValidator} has passed.
   * @param offset of its SBE header.
   * @param length in bytes, header included.
   * @param reply takes the reply message, SBE header first.
   * @param replyOffset where the reply goes; {@link #MAX_COMMAND_REPLY_LENGTH} bytes must follow.
   * @return length of the reply in bytes, header included.
   * @throws IllegalArgumentException if the sequence is not the next, or the message no command;
   *     nothing has changed then.
   */
  public int apply(
      long sequence,
      DirectBuffer command,
      int offset,
      int length,
      MutableDirectBuffer reply,
      int replyOffset) {
    if (sequence != state.sequence + 1) {
      throw new IllegalArgumentException(
          "sequence " + sequence + " does not follow " + state.sequence);
    }
    replies.to(reply, replyOffset, sequence);
    return switch (Messages.templateId(command, offset)) {
      case OrderDecoder.TEMPLATE_ID ->
          applyOrder(sequence, memory.read(command, offset, OrderMessage.LENGTH));
      case RefundDecoder.TEMPLATE_ID ->
          applyRefund(sequence, memory.read(command, offset, RefundMessage.LENGTH));
      default -> applyOther(sequence, command, offset, length);
    };
  }

  private int applyOrder(long sequence, long order) {
    final long correlationId = OrderMessage.correlationId(order);
    begin(sequence, OrderMessage.time(order));
    return replies.order(correlationId, orderRules.apply(order), orderRules.b, orderRules.m);
  }

  private int applyRefund(long sequence, long refund) {
    final long correlationId = RefundMessage.correlationId(refund);
    begin(sequence, RefundMessage.time(refund));
    return replies.order(correlationId, refundRules.apply(refund), refundRules.b, refundRules.m);
  }

  /** Applies what comes seldom: by itself, so that its codecs are no part of an order's code. */
  private int applyOther(long sequence, DirectBuffer command, int offset, int length) {
    header.wrap(command, offset);
    switch (header.templateId()) {
      case IssueDecoder.TEMPLATE_ID -> {
        issue.wrapAndApplyHeader(command, offset, header);
        begin(sequence, issue.time());
        return funds(issue.correlationId(), fundsRules.apply(issue));
      }
      case RedeemCoinsDecoder.TEMPLATE_ID -> {
        redeemCoins.wrapAndApplyHeader(command, offset, header);
        begin(sequence, redeemCoins.time());
        return funds(redeemCoins.correlationId(), fundsRules.apply(redeemCoins));
      }
      case PayoutDecoder.TEMPLATE_ID -> {
        payout.wrapAndApplyHeader(command, offset, header);
        begin(sequence, payout.time());
        return funds(payout.correlationId(), fundsRules.apply(payout));
      }
      case ReleaseReserveDecoder.TEMPLATE_ID -> {
        releaseReserve.wrapAndApplyHeader(command, offset, header);
        begin(sequence, releaseReserve.time());
        return funds(releaseReserve.correlationId(), fundsRules.apply(releaseReserve));
      }
      case SettleChannelDecoder.TEMPLATE_ID -> {
        settleChannel.wrapAndApplyHeader(command, offset, header);
        begin(sequence, settleChannel.time());
        return replies.settlement(settleChannel.correlationId(), fundsRules.apply(settleChannel));
      }
      case OpenAccountDecoder.TEMPLATE_ID -> {
        openAccount.wrapAndApplyHeader(command, offset, header);
        begin(sequence, openAccount.time());
        return replies.account(
            openAccount.correlationId(), accountRules.apply(openAccount), accountRules.account);
      }
      case UpdateAccountDecoder.TEMPLATE_ID -> {
        updateAccount.wrapAndApplyHeader(command, offset, header);
        begin(sequence, updateAccount.time());
        return replies.account(
            updateAccount.correlationId(), accountRules.apply(updateAccount), accountRules.account);
      }
      case ConfigureDecoder.TEMPLATE_ID -> {
        configure.wrapAndApplyHeader(command, offset, header);
        begin(sequence, configure.time());
        return replies.command(configure.correlationId(), programRules.apply(configure));
      }
      case ReleaseDecoder.TEMPLATE_ID -> {
        release.wrapAndApplyHeader(command, offset, header);
        begin(sequence, release.time());
        return replies.release(release.correlationId(), releaseRules.apply(release), releaseRules);
      }
      default -> {
        throw new IllegalArgumentException(
            "template " + header.templateId() + " of " + length + " bytes is no command");
      }
    }
  }

  private void begin(long sequence, long time) {
    state.sequence = sequence;
    state.advance(time);
    state.memory.reclaim();
    state.memory.prepare();
    state.transactions.expire();
  }

  private int funds(long correlationId, Status status) {
    return replies.account(correlationId, status, fundsRules.account);
  }

  /**
   * Answers one query as of the last command applied, all releases caught up; changes nothing.
   *
   * @return length of the reply in bytes, header included; {@link #MAX_QUERY_REPLY_LENGTH} bytes
   *     must follow {@code replyOffset}.
   * @throws IllegalArgumentException if the message is no query.
   */
  public int query(
      DirectBuffer query, int offset, int length, MutableDirectBuffer reply, int replyOffset) {
    return queries.answerQuery(query, offset, length, reply, replyOffset);
  }

  /**
   * Opens a snapshot as of the last command; between commands, by the thread that applies them. The
   * cost does not depend on the number of accounts and transactions.
   *
   * @return the snapshot, for any one thread that it is handed to, which must close it.
   */
  public LedgerSnapshot openSnapshot() {
    return LedgerSnapshot.open(state, directory);
  }

  /** Snapshots and forks that have not been closed, given up or not; any thread. */
  public int openSnapshots() {
    return state.memory.openReaders();
  }

  /** Snapshots and forks that were dropped without being closed, so far; any thread. */
  public long leakedSnapshots() {
    return state.memory.leakedReaders();
  }

  /** Snapshots given up so far, since what they would have kept did not fit the limit. */
  public long abandonedSnapshots() {
    return state.memory.cutsGivenUp();
  }

  /** Bytes kept off heap for open snapshots. */
  public long keptForSnapshotsBytes() {
    return state.memory.keptForCutsBytes();
  }

  /**
   * Gives back a little of what closed snapshots leave. Every command does; a writer without
   * commands may call it as often as it likes.
   */
  public void reclaim() {
    state.memory.reclaim();
  }

  /** Sequence of the last command applied, 0 before the first. */
  public long sequence() {
    return state.sequence;
  }

  /**
   * Engine time in milliseconds since the epoch: the maximum of all command times so far, {@link
   * Long#MIN_VALUE} before the first.
   */
  public long timeMillis() {
    return state.time;
  }

  /**
   * Finds some of the memory that growth and snapshots are likely to take, so that the thread that
   * applies commands need not wait for it; any other thread, until the ledger is closed.
   *
   * @return whether there was something to find: then there may be more.
   */
  public boolean findMemoryAhead() {
    return state.memory.findAhead();
  }

  /**
   * Finds memory until the state, with what was found ahead of it, comes to so many bytes off heap:
   * until it has grown that far, the thread that applies commands has none to wait for. Takes some
   * seconds for gigabytes. Any thread, until the ledger is closed.
   *
   * @throws OutOfMemoryError if the system refuses the addresses; it may end the process instead,
   *     where there are more addresses than memory.
   */
  public void reserveMemory(long bytes) {
    state.memory.reserve(bytes);
  }

  /** Bytes that the state and open snapshots hold off heap; any thread. */
  public long allocatedBytes() {
    return state.memory.allocatedBytes();
  }

  /** Bytes off heap that were found ahead of their use; any thread. */
  public long foundAheadBytes() {
    return state.memory.foundAheadBytes();
  }

  /** Gives up all snapshots and frees the state. */
  @Override
  public void close() {
    state.memory.close();
  }
}
