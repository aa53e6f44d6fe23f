package dev.verdant.pipeline;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.ErrorReplyDecoder;
import dev.verdant.protocol.codec.Status;
import java.util.ArrayList;
import java.util.List;

/** Drives a connection within the process and keeps what comes back. */
final class TestPeer {
  /** A reply: sequence is 0 for errors. */
  record Reply(long correlationId, int templateId, int status, long sequence) {
    boolean is(Status expected) {
      return status == expected.value();
    }
  }

  final TestMessages messages = new TestMessages();
  final List<Reply> replies = new ArrayList<>();
  private final MessageConnection connection;

  TestPeer(MessageConnection connection) {
    this.connection = connection;
  }

  /** Sends the message just encoded, taking replies while there is no room. */
  void send(int length) {
    while (!connection.offer(messages.buffer, 0, length)) {
      take();
    }
  }

  int take() {
    return connection.poll(
        (buffer, offset, length) -> {
          final int templateId = Messages.templateId(buffer, offset);
          final boolean error = templateId == ErrorReplyDecoder.TEMPLATE_ID;
          replies.add(
              new Reply(
                  Frame.correlationId(buffer, offset),
                  templateId,
                  error
                      ? TestMessages.errorStatus(buffer, offset)
                      : TestMessages.replyStatus(buffer, offset),
                  error ? 0 : TestMessages.replySequence(buffer, offset)));
        });
  }

  void await(int count) {
    Patience.await("replies: " + count)
        .until(
            () -> {
              take();
              return replies.size() >= count;
            });
  }

  /** Opens the accounts of the test orders. */
  void openAccounts() {
    send(messages.openBuyer(1));
    send(messages.openMerchant(2));
    await(2);
    replies.clear();
  }
}
