package dev.verdant.ledger.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.StateSource;
import dev.verdant.ledger.model.AccountView;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.ModelStatus;
import dev.verdant.ledger.model.OrderView;
import dev.verdant.ledger.model.Outcome;
import dev.verdant.ledger.model.PoolView;
import dev.verdant.memory.Memory;
import dev.verdant.protocol.codec.CommandReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.ReleaseReplyDecoder;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The real ledger behind the model's words: commands go in as messages, outcomes come out. */
public final class LedgerDriver implements AutoCloseable {
  private final Ledger ledger;
  private final LedgerQueries queries;
  private final CommandEncoder encoder = new CommandEncoder();
  private final ExpandableArrayBuffer request = new ExpandableArrayBuffer();
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final CommandReplyDecoder commandReply = new CommandReplyDecoder();
  private final ReleaseReplyDecoder releaseReply = new ReleaseReplyDecoder();
  private long sequence;

  /** An empty ledger. */
  public LedgerDriver() {
    this(new Ledger());
  }

  /** An empty ledger with a limit for snapshots. */
  public LedgerDriver(long snapshotLimitBytes) {
    this(new Ledger(snapshotLimitBytes));
  }

  /** A ledger read back from what a snapshot wrote. */
  public static LedgerDriver read(StateSource source) {
    return new LedgerDriver(Ledger.read(Memory.DEFAULT_CUT_LIMIT_BYTES, source));
  }

  private LedgerDriver(Ledger ledger) {
    this.ledger = ledger;
    sequence = ledger.sequence();
    queries = new LedgerQueries(ledger);
  }

  /** Applies a command; its reply must carry the command's own sequence and correlation id. */
  public Outcome apply(Command command) {
    sequence++;
    long correlationId = ~sequence;
    int length = encoder.encode(command, correlationId, request);
    int replyLength = ledger.apply(sequence, request, 0, length, reply, 0);
    assertThat(replyLength).isBetween(1, Ledger.MAX_COMMAND_REPLY_LENGTH);
    assertThat(ledger.sequence()).isEqualTo(sequence);

    header.wrap(reply, 0);
    if (header.templateId() == ReleaseReplyDecoder.TEMPLATE_ID) {
      releaseReply.wrapAndApplyHeader(reply, 0, header);
      assertThat(releaseReply.correlationId()).isEqualTo(correlationId);
      assertThat(releaseReply.sequence()).isEqualTo(sequence);
      ModelStatus status = ModelStatus.valueOf(releaseReply.status().name());
      return new Outcome(status, status == ModelStatus.OK ? run() : null);
    }
    // Every other reply begins with the fields of a CommandReply.
    commandReply.wrap(
        reply,
        MessageHeaderDecoder.ENCODED_LENGTH,
        CommandReplyDecoder.BLOCK_LENGTH,
        header.version());
    assertThat(commandReply.correlationId()).isEqualTo(correlationId);
    assertThat(commandReply.sequence()).isEqualTo(sequence);
    return new Outcome(ModelStatus.valueOf(commandReply.status().name()), null);
  }

  /** Announces commands that may come, behind each a query, and lets the ledger look ahead. */
  public void announce(List<Command> commands) {
    for (Command command : commands) {
      encoder.encode(command, 0, request);
      ledger.announce(request, 0);
      queries.announceAccount(1);
    }
    ledger.lookAhead();
  }

  private Outcome.Run run() {
    return new Outcome.Run(
        releaseReply.opened() == 1,
        releaseReply.period(),
        releaseReply.value(),
        releaseReply.released(),
        releaseReply.backlog());
  }

  /** The balances in the last command's reply. */
  public ReplyBalances lastBalances() {
    return ReplyBalances.of(reply);
  }

  /** Every account in ascending unsigned order of ids. */
  public List<AccountView> accounts() {
    return queries.accounts();
  }

  /** One account. */
  public AccountView account(long id) {
    return queries.account(id);
  }

  /** An accepted order as far as it is remembered. */
  public Optional<OrderView> order(BigInteger id) {
    return queries.order(id);
  }

  /** Every pool in ascending order of ids. */
  public List<PoolView> pools() {
    return queries.pools();
  }

  /** Amounts by asset and account. */
  public Map<String, Map<String, Long>> trialBalance() {
    return queries.trialBalance();
  }

  /** The digest of the state as of the last command. */
  public BigInteger digest() {
    return queries.digest();
  }

  /** What the ledger says of its days. */
  public SequenceView days() {
    return queries.sequence();
  }

  /** Sequence of the last command. */
  public long sequence() {
    return sequence;
  }

  /** A snapshot as of the last command. */
  public LedgerSnapshot openSnapshot() {
    return ledger.openSnapshot();
  }

  /** Bytes kept for snapshots. */
  public long keptForSnapshotsBytes() {
    return ledger.keptForSnapshotsBytes();
  }

  /** Lets the ledger give back what closed snapshots leave. */
  public void reclaim() {
    ledger.reclaim();
  }

  /** Engine time in milliseconds. */
  public long timeMillis() {
    return ledger.timeMillis();
  }

  @Override
  public void close() {
    ledger.close();
  }
}
