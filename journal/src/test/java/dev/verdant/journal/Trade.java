package dev.verdant.journal;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.IssueRequest;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.RefundRequest;
import dev.verdant.client.request.ReleaseRequest;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.TransactionId;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.protocol.codec.AccountKind;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;

/**
 * A small town's trade: commands that follow from their sequence, rejected and repeated ones among
 * them, over weeks and with releases.
 */
final class Trade {
  private static final long MERCHANTS = 3;
  private static final long MEMBERS = 7;
  private static final long OPENINGS = MERCHANTS + MEMBERS;
  private static final long FIRST_MEMBER = 1_000;
  private static final int CONCESSION_BPS = 1_000;
  private static final long CYCLE = 20;
  private static final long FIRST_TIME_MILLIS = 1_735_689_600_000L;

  /** The command of this sequence. */
  static Request<?> command(long sequence) {
    final long timeMillis = FIRST_TIME_MILLIS + TimeUnit.HOURS.toMillis(2 * sequence);
    final TransactionId id = TransactionId.of(sequence);
    if (sequence <= MERCHANTS) {
      return OpenAccountRequest.of(
              sequence,
              AccountKind.MERCHANT,
              AccountOptions.builder().concessionBps(CONCESSION_BPS).build())
          .at(timeMillis);
    }
    if (sequence <= OPENINGS) {
      return OpenAccountRequest.of(FIRST_MEMBER + sequence, AccountKind.CONSUMER).at(timeMillis);
    }
    return switch ((int) (sequence % CYCLE)) {
      case 0 -> ReleaseRequest.today(1).at(timeMillis);
      case 1 -> ReleaseRequest.today(2).at(timeMillis);
      case 2 -> IssueRequest.of(id, member(sequence), 50_000_000).at(timeMillis);
      case 3 -> RefundRequest.of(id, TransactionId.of(sequence - 8), 100).at(timeMillis);
      case 4 -> order(sequence - 8).at(timeMillis);
      case 5 -> OrderRequest.of(id, 9, 1, 100).at(timeMillis);
      default -> order(sequence).at(timeMillis);
    };
  }

  private static OrderRequest order(long sequence) {
    return OrderRequest.of(
        TransactionId.of(sequence),
        member(sequence),
        1 + sequence % MERCHANTS,
        1_000 + sequence * 7_919 % 100_000);
  }

  private static long member(long sequence) {
    return FIRST_MEMBER + MERCHANTS + 1 + sequence % MEMBERS;
  }

  /** Lays out a batch of them and returns its length. */
  static int encode(long first, int count, MutableDirectBuffer batch) {
    int at = 0;
    for (long sequence = first; sequence < first + count; sequence++) {
      final int length = command(sequence).encode(batch, at + CommandBatch.LENGTH_PREFIX, sequence);
      batch.putInt(at, length, ByteOrder.LITTLE_ENDIAN);
      at += CommandBatch.encodedLength(length);
    }
    return at;
  }

  private Trade() {}
}
