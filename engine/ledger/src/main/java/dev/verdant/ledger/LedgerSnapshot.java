package dev.verdant.ledger;

import dev.verdant.ledger.view.AccountView;
import dev.verdant.ledger.view.BookView;
import dev.verdant.ledger.view.CohortView;
import dev.verdant.ledger.view.DigestView;
import dev.verdant.ledger.view.OrderView;
import dev.verdant.ledger.view.PoolView;
import dev.verdant.memory.CutReader;
import dev.verdant.memory.ReaderPace;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The whole ledger as of one sequence, all releases caught up, read while the writer runs on.
 *
 * <p>For one thread at a time; {@link #fork} gives another thread its own. It must reach that
 * thread safely published (a queue, a volatile field), and it must be closed: until then the ledger
 * keeps what changes, up to its limit. When that is reached the oldest snapshot is given up, and
 * every method that reads accounts or transactions from then on throws a {@link
 * dev.verdant.memory.CutAbandonedException}; nothing that was returned before was wrong. After
 * {@link #close} they throw an {@link IllegalStateException}.
 *
 * <p>One that is dropped without being closed is closed when the garbage collector finds it, with a
 * warning in the log ({@link Ledger#leakedSnapshots}); until then it is as good as open.
 */
public final class LedgerSnapshot implements AutoCloseable {
  private final LedgerState.Image image;
  private final CutReader reader;
  private final LedgerState state;
  private final AccountDirectory directory;
  private final CatchUp catchUp;
  private final Cleaner.Cleanable closing;

  /** Made when first asked for, since most snapshots are either read or written or queried. */
  private Views views;

  private Queries queries;

  private LedgerSnapshot(LedgerState.Image image, CutReader reader, AccountDirectory ledgers) {
    this.image = image;
    this.reader = reader;
    closing = Ledger.DROPPED_SNAPSHOTS.register(this, new Closing(reader));
    state = image.over(reader);
    directory = ledgers.over(state.accounts);
    catchUp = new CatchUp(state);
  }

  /** The writer's: a snapshot as of the last command. */
  static LedgerSnapshot open(LedgerState live, AccountDirectory directory) {
    return new LedgerSnapshot(live.image(), live.memory.openCut(live.sequence), directory);
  }

  /**
   * The same snapshot for another thread, to be closed by itself; any thread may ask.
   *
   * @throws dev.verdant.memory.CutAbandonedException if the snapshot has been given up.
   * @throws IllegalStateException if this and all its forks are closed.
   */
  public LedgerSnapshot fork() {
    return new LedgerSnapshot(image, reader.cut().newReader(), directory).atPace(reader.pace());
  }

  /**
   * Has whoever reads it rest now and then, the readers of its forks from now on too: so that one
   * who has time leaves some of the machine to others. The writer keeps what changes for as long as
   * it takes.
   *
   * @return this.
   */
  public LedgerSnapshot atPace(ReaderPace pace) {
    reader.keepPace(pace);
    return this;
  }

  /** False once the snapshot has been given up, or all its forks are closed; any thread. */
  public boolean isOpen() {
    return reader.cut().isOpen();
  }

  /** Sequence of the last command that it holds. */
  public long sequence() {
    return state.sequence;
  }

  /** Engine time in milliseconds since the epoch, {@link Long#MIN_VALUE} before any command. */
  public long timeMillis() {
    return state.time;
  }

  /**
   * The program in force, as one JSON object with the names of rulebook section 2: what a configure
   * of a script takes.
   */
  public String program() {
    return ProgramText.of(state.program);
  }

  /** Number of accounts. */
  public int accountCount() {
    return state.accounts.count();
  }

  /** The account with this id. */
  public Optional<AccountView> account(long id) {
    try {
      final int slot = state.accounts.find(id);
      return slot == 0 ? Optional.empty() : Optional.of(views().account(slot));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** All accounts in the order of their opening, which is that of memory: the fastest. */
  public void forEachAccount(Consumer<? super AccountView> action) {
    try {
      for (int slot = 1; slot <= state.accounts.count(); slot++) {
        action.accept(views().account(slot));
      }
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Accounts in ascending order of their ids. The first such call sorts all ids, 8 bytes of heap
   * each, for the ledger and all its snapshots; a later one those that have come since, with up to
   * a million before them.
   *
   * @param fromId smallest id wanted, unsigned.
   * @param action takes an account and returns false to have no more.
   */
  public void forEachAccountFrom(long fromId, Predicate<? super AccountView> action) {
    try {
      final AccountDirectory.Walk walk = directory.from(fromId);
      boolean wanted = true;
      while (wanted && walk.hasNext()) {
        final int slot = walk.next();
        wanted = slot == 0 || action.test(views().account(slot));
      }
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The accepted order with this id, as far as it is remembered. */
  public Optional<OrderView> order(long idLow, long idHigh) {
    try {
      final int slot = state.transactions.find(idLow, idHigh);
      if (slot == 0 || !Transactions.isAcceptedOrder(state.transactions.read(slot))) {
        return Optional.empty();
      }
      return Optional.of(views().order(slot));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** All pools in ascending order of their ids. */
  public List<PoolView> pools() {
    final List<PoolView> pools = new ArrayList<>();
    for (final Pool pool : state.pools()) {
      pools.add(new PoolView(pool.id, pool.period, pool.value, pool.issued));
    }
    return pools;
  }

  /** All cohorts in the order in which they came to be. */
  public List<CohortView> cohorts() {
    final List<CohortView> cohorts = new ArrayList<>();
    for (int cohort = 1; cohort <= state.cohorts.count(); cohort++) {
      cohorts.add(views().cohort(cohort));
    }
    return cohorts;
  }

  /** The trial balance: every account of the books that was ever posted to. Reads all accounts. */
  public List<BookView> trialBalance() {
    try {
      return views().trialBalance();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The digest of the state. Reads all of it. */
  public DigestView digest() {
    try {
      return views().digest();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Writes the whole state, for {@link Ledger#read} to make a ledger of. Where this snapshot has no
   * forks it has none from then on, and its pages are given up as they are written, so that the
   * ledger need not keep them: accounts and transactions cannot be read from it afterwards.
   *
   * @throws dev.verdant.memory.CutAbandonedException if the snapshot is given up meanwhile.
   */
  public void writeTo(StateSink sink) {
    try {
      StateTransfer.write(image, reader, sink);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Answers one query of the protocol, as {@link Ledger#query} does, as of the snapshot.
   *
   * @return length of the reply in bytes, header included; {@link Ledger#MAX_QUERY_REPLY_LENGTH}
   *     bytes must follow {@code replyOffset}.
   * @throws IllegalArgumentException if the message is no query.
   */
  public int query(
      DirectBuffer query, int offset, int length, MutableDirectBuffer reply, int replyOffset) {
    try {
      return queries().answerQuery(query, offset, length, reply, replyOffset);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private Views views() {
    if (views == null) {
      views = new Views(state, catchUp);
    }
    return views;
  }

  private Queries queries() {
    if (queries == null) {
      queries = new Queries(state, catchUp, directory);
    }
    return queries;
  }

  /** Lets go of the snapshot; it is gone when all its forks are closed too. */
  @Override
  public void close() {
    reader.close();
    closing.clean();
  }

  /**
   * Closes what was dropped without being closed, and tells of it. Once the snapshot was closed it
   * finds nothing to do.
   */
  private record Closing(CutReader reader) implements Runnable {
    private static final System.Logger LOGGER = System.getLogger(LedgerSnapshot.class.getName());

    @Override
    public void run() {
      if (reader.closeLeaked()) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "a snapshot of sequence {0} was dropped without being closed",
            Long.toString(reader.cut().sequence()));
      }
    }
  }
}
