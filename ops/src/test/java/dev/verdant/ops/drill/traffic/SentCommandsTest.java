package dev.verdant.ops.drill.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.TransactionId;
import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.ErrorReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A drill is worth as much as the lies that it would notice. */
class SentCommandsTest {
  private static final long MEMBER = 1;
  private static final long MERCHANT = 2;
  private static final int DETAIL_LENGTH = 0;

  private final SentCommands commands = new SentCommands(false);
  private final Ledger server = new Ledger();
  private final Witness witness = new Witness();
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);

  @AfterEach
  void close() {
    server.close();
    witness.close();
  }

  @Test
  void shouldAgreeWithAServerThatKeepsAllOnce() {
    acknowledge(send(member()));
    Attempt unanswered = send(merchant());
    keep(2, unanswered);
    commands.requireKept(2);
    witness.follow(commands);
    assertThat(witness.sequence()).isEqualTo(2);
    assertThat(commands.acknowledged()).isEqualTo(1);
    assertThat(commands.unacknowledgedKept()).isEqualTo(1);
    assertThat(unanswered.status()).isEqualTo(Status.OK);
  }

  @Test
  void shouldNoticeAJournalThatEndsBeforeTheLastAcknowledgedCommand() {
    acknowledge(send(member()));
    acknowledge(send(merchant()));
    assertThatThrownBy(() -> commands.requireKept(1))
        .isInstanceOf(LieException.class)
        .hasMessageStartingWith("sequence 2 was acknowledged as OK, the journal ends at 1");
  }

  @Test
  void shouldNoticeAGapInTheSequence() {
    keep(2, send(member()));
    assertThatThrownBy(() -> witness.follow(commands))
        .isInstanceOf(LieException.class)
        .hasMessageContaining("no command of sequence 1");
  }

  @Test
  void shouldNoticeACommandThatIsKeptTwice() {
    Attempt attempt = send(member());
    keep(1, attempt);
    assertThatThrownBy(() -> keep(2, attempt))
        .isInstanceOf(LieException.class)
        .hasMessageContaining("has sequence 1 and sequence 2");
  }

  @Test
  void shouldNoticeTwoCommandsOfOneSequence() {
    acknowledge(send(member()));
    Attempt other = send(merchant());
    assertThatThrownBy(() -> keep(1, other))
        .isInstanceOf(LieException.class)
        .hasMessage("sequence 1 is that of two commands");
  }

  @Test
  void shouldNoticeACommandThatNobodySent() {
    Attempt attempt = send(member());
    commands.remove(attempt);
    assertThatThrownBy(() -> keep(1, attempt))
        .isInstanceOf(LieException.class)
        .hasMessageEndingWith("which nobody sent");
  }

  @Test
  void shouldNoticeOtherBytesThanWereSent() {
    Attempt attempt = send(member());
    UnsafeBuffer kept = copyOf(attempt);
    Messages.putCommandTimeMillis(kept, 0, 7);
    assertThatThrownBy(() -> commands.onKept(1, kept, 0, kept.capacity()))
        .isInstanceOf(LieException.class)
        .hasMessageContaining("other bytes");
  }

  @Test
  void shouldNoticeACommandKeptAfterTheServerDeclinedIt() {
    Attempt attempt = send(member());
    ErrorReplyEncoder encoder =
        new ErrorReplyEncoder().wrapAndApplyHeader(reply, 0, new MessageHeaderEncoder());
    encoder.correlationId(1).status(Status.OUT_OF_SPACE).putDetail(new byte[0], 0, DETAIL_LENGTH);
    int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    commands.onReply(attempt, reply, 0, length);
    assertThat(commands.refused()).isEqualTo(1);
    assertThatThrownBy(() -> keep(1, attempt))
        .isInstanceOf(LieException.class)
        .hasMessageContaining("was answered OUT_OF_SPACE and is kept");
  }

  @Test
  void shouldNoticeAServerThatDoesACommandAgain() {
    open();
    Attempt unanswered = send(order());
    keep(3, unanswered);
    witness.follow(commands);
    // The server has another command there, and so accepts this one once more.
    UnsafeBuffer other = send(member()).message();
    server.apply(3, other, 0, other.capacity(), reply, 0);
    Attempt again = commands.add(unanswered.request(), unanswered);
    assertThatThrownBy(() -> acknowledge(again))
        .isInstanceOf(LieException.class)
        .hasMessageContaining("kept at sequence 3 as OK, now answered OK");
  }

  @Test
  void shouldNoticeAnAnswerWithWrongFigures() {
    open();
    Attempt order = send(order());
    int length = server.apply(3, order.message(), 0, order.message().capacity(), reply, 0);
    reply.putByte(length - 1, (byte) (reply.getByte(length - 1) ^ 1));
    commands.onReply(order, reply, 0, length);
    assertThatThrownBy(() -> witness.follow(commands))
        .isInstanceOf(LieException.class)
        .hasMessageContaining("other figures than an undisturbed ledger gives");
  }

  private void open() {
    acknowledge(send(member()));
    acknowledge(send(merchant()));
    witness.follow(commands);
  }

  private Attempt send(Request<?> request) {
    return commands.add(request, null);
  }

  /** The server applies it next, and answers. */
  private void acknowledge(Attempt attempt) {
    UnsafeBuffer message = attempt.message();
    int length = server.apply(server.sequence() + 1, message, 0, message.capacity(), reply, 0);
    commands.onReply(attempt, reply, 0, length);
  }

  private void keep(long sequence, Attempt attempt) {
    UnsafeBuffer kept = copyOf(attempt);
    commands.onKept(sequence, kept, 0, kept.capacity());
  }

  private static UnsafeBuffer copyOf(Attempt attempt) {
    UnsafeBuffer copy = new UnsafeBuffer(new byte[attempt.message().capacity()]);
    copy.putBytes(0, attempt.message(), 0, copy.capacity());
    return copy;
  }

  private static OpenAccountRequest member() {
    return OpenAccountRequest.of(MEMBER, AccountKind.CONSUMER).at(1);
  }

  private static OpenAccountRequest merchant() {
    return OpenAccountRequest.of(
            MERCHANT, AccountKind.MERCHANT, AccountOptions.builder().concessionBps(1_500).build())
        .at(2);
  }

  private static OrderRequest order() {
    return OrderRequest.of(TransactionId.of(1), MEMBER, MERCHANT, 10_000).at(3);
  }
}
