package dev.verdant.client.request;

import dev.verdant.client.result.AccountQueryResult;
import dev.verdant.client.result.AccountsQueryResult;
import dev.verdant.client.result.DigestResult;
import dev.verdant.client.result.OrderQueryResult;
import dev.verdant.client.result.PingResult;
import dev.verdant.client.result.PoolsQueryResult;
import dev.verdant.client.result.Reply;
import dev.verdant.client.result.Result;
import dev.verdant.client.result.SequenceResult;
import dev.verdant.client.result.SnapshotProgressResult;
import dev.verdant.client.result.TakeSnapshotResult;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.protocol.codec.AccountQueryEncoder;
import dev.verdant.protocol.codec.AccountsQueryEncoder;
import dev.verdant.protocol.codec.DigestQueryEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderQueryEncoder;
import dev.verdant.protocol.codec.PingEncoder;
import dev.verdant.protocol.codec.PoolsQueryEncoder;
import dev.verdant.protocol.codec.SequenceQueryEncoder;
import dev.verdant.protocol.codec.SnapshotQueryEncoder;
import dev.verdant.protocol.codec.TakeSnapshotEncoder;
import dev.verdant.protocol.codec.TrialBalanceQueryEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * The queries: they see every command of the same connection before them, change nothing in the
 * ledger and are not journaled.
 *
 * @param <R> what answers it.
 */
public sealed interface Query<R extends Result> extends Request<R> {

  /** Asks for nothing but an answer. */
  record Ping() implements Query<PingResult> {
    @Override
    public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
      return MessageHeaderEncoder.ENCODED_LENGTH
          + new PingEncoder()
              .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
              .correlationId(correlationId)
              .encodedLength();
    }

    @Override
    public PingResult decode(Reply reply) {
      return PingResult.decode(reply);
    }
  }

  /**
   * One account.
   *
   * @param account its id.
   */
  record Account(long account) implements Query<AccountQueryResult> {
    @Override
    public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
      return MessageHeaderEncoder.ENCODED_LENGTH
          + new AccountQueryEncoder()
              .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
              .correlationId(correlationId)
              .account(account)
              .encodedLength();
    }

    @Override
    public AccountQueryResult decode(Reply reply) {
      return AccountQueryResult.decode(reply);
    }
  }

  /**
   * A page of accounts in ascending (unsigned) order of id.
   *
   * @param fromAccount smallest id wanted.
   * @param maxAccounts accounts wanted, 0..65534, where 0 is like 1; the server may send fewer.
   * @param filter which accounts are wanted.
   * @param view to read.
   */
  record Accounts(long fromAccount, int maxAccounts, AccountFilter filter, View view)
      implements Query<AccountsQueryResult> {
    private static final int LARGEST_PAGE = AccountsQueryEncoder.maxAccountsMaxValue();

    /** Checks how many are wanted: the message has 16 bits for it. */
    public Accounts {
      if (maxAccounts < 0 || maxAccounts > LARGEST_PAGE) {
        throw new IllegalArgumentException(
            "maxAccounts=" + maxAccounts + " is out of 0.." + LARGEST_PAGE);
      }
    }

    /** A page of all accounts as they are now. */
    public Accounts(long fromAccount, int maxAccounts) {
      this(fromAccount, maxAccounts, AccountFilter.all(), View.now());
    }

    @Override
    public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
      return MessageHeaderEncoder.ENCODED_LENGTH
          + new AccountsQueryEncoder()
              .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
              .correlationId(correlationId)
              .fromAccount(fromAccount)
              .maxAccounts(maxAccounts)
              .toAccount(filter.toAccount())
              .kind(filter.kind())
              .accountStatus(filter.status())
              .view(view.sequence())
              .maxAge(view.maxAgeMillis())
              .keepView(view.keptFlag())
              .encodedLength();
    }

    @Override
    public AccountsQueryResult decode(Reply reply) {
      return AccountsQueryResult.decode(reply);
    }
  }

  /**
   * One order's record, while it is remembered.
   *
   * @param id of the order.
   */
  record Order(TransactionId id) implements Query<OrderQueryResult> {
    @Override
    public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
      return MessageHeaderEncoder.ENCODED_LENGTH
          + new OrderQueryEncoder()
              .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
              .correlationId(correlationId)
              .idLow(id.low())
              .idHigh(id.high())
              .encodedLength();
    }

    @Override
    public OrderQueryResult decode(Reply reply) {
      return OrderQueryResult.decode(reply);
    }
  }

  /** All pools. */
  record Pools() implements Query<PoolsQueryResult> {
    @Override
    public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
      return MessageHeaderEncoder.ENCODED_LENGTH
          + new PoolsQueryEncoder()
              .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
              .correlationId(correlationId)
              .encodedLength();
    }

    @Override
    public PoolsQueryResult decode(Reply reply) {
      return PoolsQueryResult.decode(reply);
    }
  }

  /**
   * The books (rulebook section 10).
   *
   * @param view to read.
   */
  record TrialBalance(View view) implements Query<TrialBalanceResult> {
    /** As of now. */
    public TrialBalance() {
      this(View.now());
    }

    @Override
    public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
      return MessageHeaderEncoder.ENCODED_LENGTH
          + new TrialBalanceQueryEncoder()
              .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
              .correlationId(correlationId)
              .view(view.sequence())
              .maxAge(view.maxAgeMillis())
              .keepView(view.keptFlag())
              .encodedLength();
    }

    @Override
    public TrialBalanceResult decode(Reply reply) {
      return TrialBalanceResult.decode(reply);
    }
  }

  /**
   * The digest of the whole state; the server walks all of it.
   *
   * @param view to read.
   */
  record Digest(View view) implements Query<DigestResult> {
    /** As of now. */
    public Digest() {
      this(View.now());
    }

    @Override
    public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
      return MessageHeaderEncoder.ENCODED_LENGTH
          + new DigestQueryEncoder()
              .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
              .correlationId(correlationId)
              .view(view.sequence())
              .maxAge(view.maxAgeMillis())
              .keepView(view.keptFlag())
              .encodedLength();
    }

    @Override
    public DigestResult decode(Reply reply) {
      return DigestResult.decode(reply);
    }
  }

  /** How far the ledger has come, and which transaction ids it remembers. */
  record Sequence() implements Query<SequenceResult> {
    @Override
    public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
      return MessageHeaderEncoder.ENCODED_LENGTH
          + new SequenceQueryEncoder()
              .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
              .correlationId(correlationId)
              .encodedLength();
    }

    @Override
    public SequenceResult decode(Reply reply) {
      return SequenceResult.decode(reply);
    }
  }

  /** Begins a snapshot to disk, which holds every command of the same connection before it. */
  record TakeSnapshot() implements Query<TakeSnapshotResult> {
    @Override
    public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
      return MessageHeaderEncoder.ENCODED_LENGTH
          + new TakeSnapshotEncoder()
              .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
              .correlationId(correlationId)
              .encodedLength();
    }

    @Override
    public TakeSnapshotResult decode(Reply reply) {
      return TakeSnapshotResult.decode(reply);
    }
  }

  /** What has become of the snapshots begun. */
  record SnapshotProgress() implements Query<SnapshotProgressResult> {
    @Override
    public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
      return MessageHeaderEncoder.ENCODED_LENGTH
          + new SnapshotQueryEncoder()
              .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
              .correlationId(correlationId)
              .encodedLength();
    }

    @Override
    public SnapshotProgressResult decode(Reply reply) {
      return SnapshotProgressResult.decode(reply);
    }
  }
}
