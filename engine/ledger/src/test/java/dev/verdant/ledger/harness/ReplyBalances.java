package dev.verdant.ledger.harness;

import dev.verdant.protocol.codec.AccountReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OrderReplyDecoder;
import dev.verdant.protocol.codec.SettlementReplyDecoder;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The balances that a reply carries, in the order of its fields; none for a reply without balances.
 */
public record ReplyBalances(String template, List<Long> amounts) {
  static ReplyBalances of(DirectBuffer reply) {
    MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(reply, 0);
    return switch (header.templateId()) {
      case OrderReplyDecoder.TEMPLATE_ID -> {
        OrderReplyDecoder order = new OrderReplyDecoder().wrapAndApplyHeader(reply, 0, header);
        yield new ReplyBalances(
            "OrderReply",
            List.of(
                order.buyerCoupon(),
                order.buyerPending(),
                order.buyerCoin(),
                order.merchantPayable(),
                order.merchantReserve()));
      }
      case AccountReplyDecoder.TEMPLATE_ID -> {
        AccountReplyDecoder account =
            new AccountReplyDecoder().wrapAndApplyHeader(reply, 0, header);
        yield new ReplyBalances(
            "AccountReply",
            List.of(
                account.coupon(),
                account.pending(),
                account.coin(),
                account.payable(),
                account.reserve(),
                account.commission(),
                account.points()));
      }
      case SettlementReplyDecoder.TEMPLATE_ID -> {
        SettlementReplyDecoder settlement =
            new SettlementReplyDecoder().wrapAndApplyHeader(reply, 0, header);
        yield new ReplyBalances(
            "SettlementReply", List.of(settlement.clearing(), settlement.custody()));
      }
      default -> new ReplyBalances("CommandReply", List.of());
    };
  }
}
