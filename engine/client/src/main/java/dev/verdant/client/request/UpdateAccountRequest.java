package dev.verdant.client.request;

import dev.verdant.client.result.AccountResult;
import dev.verdant.client.result.Reply;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.UpdateAccountEncoder;
import java.util.Optional;
import org.agrona.MutableDirectBuffer;

/**
 * Changes an account (rulebook section 3); what is not given stays.
 *
 * @param account id of the account.
 * @param status the new status, where it changes.
 * @param options what else is given.
 * @param timeMillis in milliseconds since the epoch, or {@link #NO_TIME}.
 */
public record UpdateAccountRequest(
    long account, Optional<AccountStatus> status, AccountOptions options, long timeMillis)
    implements Request<AccountResult> {
  /** A change of options. */
  public static UpdateAccountRequest of(long account, AccountOptions options) {
    return new UpdateAccountRequest(account, Optional.empty(), options, NO_TIME);
  }

  /** A change of status. */
  public static UpdateAccountRequest of(long account, AccountStatus status) {
    return new UpdateAccountRequest(account, Optional.of(status), AccountOptions.NONE, NO_TIME);
  }

  /** The same at a time of its own, in milliseconds since the epoch. */
  public UpdateAccountRequest at(long timeMillis) {
    return new UpdateAccountRequest(account, status, options, timeMillis);
  }

  @Override
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
    UpdateAccountEncoder encoder =
        new UpdateAccountEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .time(timeMillis)
            .account(account)
            .status(status.orElse(AccountStatus.NULL_VAL))
            .pool(options.pool().orElse(0))
            .plan(options.plan().orElse(0))
            .concessionBps(options.concessionBps().orElse(0))
            .referrer(options.referrer().orElse(0))
            .marketer(options.marketer().orElse(0))
            .district(options.district().orElse(0))
            .provincial(options.provincial().orElse(0));
    options.mark(encoder.fields().clear()).status(status.isPresent());
    return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
  }

  @Override
  public AccountResult decode(Reply reply) {
    return AccountResult.decode(reply);
  }
}
