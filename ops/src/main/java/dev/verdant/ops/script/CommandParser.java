package dev.verdant.ops.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verdant.client.request.ConfigureRequest;
import dev.verdant.client.request.IssueRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.PayoutRequest;
import dev.verdant.client.request.RedeemCoinsRequest;
import dev.verdant.client.request.RefundRequest;
import dev.verdant.client.request.ReleaseRequest;
import dev.verdant.client.request.ReleaseReserveRequest;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.SettleChannelRequest;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * One line of a script to one command. The line must be exactly one JSON object with the fields of
 * its {@code op}, each of its type and range: a duplicate key, an unknown field, a float, a null or
 * anything behind the object makes it malformed. What a number means (an amount of 0, a pool that
 * is not there) is the ledger's to judge.
 */
final class CommandParser {
  private final ObjectReader reader =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /**
   * Parses one line.
   *
   * @param line holds it in UTF-8, without its line feed.
   * @throws MalformedException if it is not a command.
   */
  Request<?> parse(byte[] line, int offset, int length) throws MalformedException {
    Fields fields = new Fields(object(line, offset, length), "");
    String op = fields.text("op");
    Request<?> command = command(op, fields);
    fields.end();
    return command;
  }

  private static Request<?> command(String op, Fields fields) throws MalformedException {
    long timeMillis = Moments.timeMillis(fields, "time");
    return switch (op) {
      case "configure" ->
          new ConfigureRequest(ProgramFields.read(fields.object("program")), timeMillis);
      case "open-account" -> AccountFields.open(fields, timeMillis);
      case "update-account" -> AccountFields.update(fields, timeMillis);
      case "order" ->
          new OrderRequest(
              fields.transactionId("id"),
              fields.accountId("buyer"),
              fields.accountId("merchant"),
              fields.int64("amount"),
              fields.int64("coupon", 0),
              fields.int32("channel", OrderRequest.DEFAULT_CHANNEL),
              timeMillis);
      case "refund" ->
          new RefundRequest(
              fields.transactionId("id"),
              fields.transactionId("order"),
              fields.int64("amount"),
              timeMillis);
      case "issue" ->
          new IssueRequest(
              fields.transactionId("id"),
              fields.accountId("account"),
              fields.int64("points"),
              fields.optionalInt32("pool"),
              fields.optionalInt32("plan"),
              fields.fullInt32("reason", 0),
              timeMillis);
      case "redeem-coins" ->
          new RedeemCoinsRequest(
              fields.transactionId("id"),
              fields.accountId("account"),
              fields.int64("coins"),
              timeMillis);
      case "payout" ->
          new PayoutRequest(
              fields.transactionId("id"),
              fields.accountId("account"),
              fields.choice("balance", Choices.PAYOUT_BALANCES),
              fields.int64("amount"),
              timeMillis);
      case "release-reserve" ->
          new ReleaseReserveRequest(
              fields.transactionId("id"),
              fields.accountId("account"),
              fields.int64("amount"),
              timeMillis);
      case "settle-channel" ->
          new SettleChannelRequest(
              fields.transactionId("id"),
              fields.int32("channel"),
              fields.int64("amount"),
              timeMillis);
      case "release" -> new ReleaseRequest(fields.int32("pool"), day(fields), timeMillis);
      default -> throw new MalformedException("unknown op " + Fields.shortened(op));
    };
  }

  private static OptionalInt day(Fields fields) throws MalformedException {
    return fields.has("day")
        ? OptionalInt.of(Moments.businessDay(fields, "day"))
        : OptionalInt.empty();
  }

  private ObjectNode object(byte[] line, int offset, int length) throws MalformedException {
    JsonNode node;
    try {
      node = reader.readTree(line, offset, length);
    } catch (JsonProcessingException e) {
      throw new MalformedException("not JSON: " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new MalformedException("not JSON: " + firstLine(e.getMessage()));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new MalformedException(
        node == null || node.isMissingNode() ? "the line is empty" : "not a JSON object");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
