package dev.verdant.client.request;

import dev.verdant.client.result.Reply;
import dev.verdant.client.result.Result;
import dev.verdant.protocol.codec.OrderEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * One command or query.
 *
 * @param <R> what answers it.
 */
public sealed interface Request<R extends Result>
    permits ConfigureRequest,
        IssueRequest,
        OpenAccountRequest,
        OrderRequest,
        PayoutRequest,
        Query,
        RedeemCoinsRequest,
        RefundRequest,
        ReleaseRequest,
        ReleaseReserveRequest,
        SettleChannelRequest,
        UpdateAccountRequest {

  /**
   * The time of a command that brings none: the server stamps it. Where time comes with the
   * commands ({@code ClockMode.COMMANDS}), such a command is {@code MALFORMED}. A time that is
   * given lies in the years 1 to 9999 (UTC), also where the server stamps.
   */
  long NO_TIME = OrderEncoder.timeNullValue();

  /**
   * Writes the request as an SBE message, header first.
   *
   * @return length of the message in bytes.
   * @throws IndexOutOfBoundsException if the buffer is too short and cannot grow.
   */
  int encode(MutableDirectBuffer buffer, int offset, long correlationId);

  /**
   * Reads the reply to this kind of request.
   *
   * @throws IllegalArgumentException if the reply is of a kind that does not answer it.
   */
  R decode(Reply reply);
}
