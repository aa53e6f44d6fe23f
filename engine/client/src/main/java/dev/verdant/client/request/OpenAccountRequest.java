package dev.verdant.client.request;

import dev.verdant.client.result.AccountResult;
import dev.verdant.client.result.Reply;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OpenAccountEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Opens an account (rulebook section 3).
 *
 * @param account id of the account.
 * @param kind of the account.
 * @param options what else is given.
 * @param timeMillis in milliseconds since the epoch, or {@link #NO_TIME}.
 */
public record OpenAccountRequest(
    long account, AccountKind kind, AccountOptions options, long timeMillis)
    implements Request<AccountResult> {
  /** An account with the defaults of its kind. */
  public static OpenAccountRequest of(long account, AccountKind kind) {
    return new OpenAccountRequest(account, kind, AccountOptions.NONE, NO_TIME);
  }

  /** An account with options. */
  public static OpenAccountRequest of(long account, AccountKind kind, AccountOptions options) {
    return new OpenAccountRequest(account, kind, options, NO_TIME);
  }

  /** The same at a time of its own, in milliseconds since the epoch. */
  public OpenAccountRequest at(long timeMillis) {
    return new OpenAccountRequest(account, kind, options, timeMillis);
  }

  @Override
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
    OpenAccountEncoder encoder =
        new OpenAccountEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .time(timeMillis)
            .account(account)
            .kind(kind)
            .pool(options.pool().orElse(0))
            .plan(options.plan().orElse(0))
            .concessionBps(options.concessionBps().orElse(0))
            .referrer(options.referrer().orElse(0))
            .marketer(options.marketer().orElse(0))
            .district(options.district().orElse(0))
            .provincial(options.provincial().orElse(0));
    options.mark(encoder.fields().clear());
    return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
  }

  @Override
  public AccountResult decode(Reply reply) {
    return AccountResult.decode(reply);
  }
}
