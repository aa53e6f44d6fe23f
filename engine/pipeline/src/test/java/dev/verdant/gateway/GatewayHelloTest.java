package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.MessageValidator;
import dev.verdant.protocol.codec.AccountsQueryReplyDecoder;
import dev.verdant.protocol.codec.HelloReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What is agreed on in the hello, and in which version a peer is answered. */
class GatewayHelloTest extends GatewayTestBase {
  @Test
  void shouldAnnounceItsLimitsInTheHelloReply() throws IOException {
    try (RawClient client = connect()) {
      client.send(client.messages.hello(7, 1, 9));
      assertThat(client.receive()).isEqualTo(7);
      final HelloReplyDecoder reply = new HelloReplyDecoder();
      reply.wrapAndApplyHeader(client.reply, 0, new MessageHeaderDecoder());
      assertThat(reply.status()).isEqualTo(Status.OK);
      assertThat(reply.version()).isEqualTo(MessageValidator.MAX_VERSION);
      assertThat(reply.maxFrameLength()).isEqualTo(Frame.MAX_LENGTH);
      assertThat(reply.maxInFlight()).isEqualTo(2048);
      assertThat(reply.sequence()).isZero();
    }
  }

  @Test
  void shouldAskForAHelloAndClose() throws IOException {
    try (RawClient client = connect()) {
      client.send(client.messages.ping(5));
      assertThat(client.receive()).isEqualTo(5);
      assertThat(client.errorStatus()).isEqualTo(Status.HELLO_REQUIRED);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void shouldCloseWhenNoVersionIsShared() throws IOException {
    try (RawClient client = connect()) {
      client.send(client.messages.hello(5, 98, 99));
      assertThat(client.receive()).isEqualTo(5);
      assertThat(client.templateId()).isEqualTo(HelloReplyDecoder.TEMPLATE_ID);
      assertThat(client.errorStatus()).isEqualTo(Status.UNSUPPORTED_VERSION);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void shouldTakeAHelloWhateverTheVersionOfItsHeader() throws IOException {
    try (RawClient client = connect()) {
      final int length = client.messages.hello(5, 1, 1);
      client.messages.version(99);
      client.send(length);
      assertThat(client.receive()).isEqualTo(5);
      assertThat(client.errorStatus()).isEqualTo(Status.OK);
    }
  }

  @Test
  void shouldCloseWhenTheFirstHelloIsMalformedAndAnswerALaterOneLikeTheFirst() throws IOException {
    try (RawClient client = connect()) {
      final int length = client.messages.hello(5, 1, 1);
      client.messages.blockLength(1000);
      client.send(length);
      assertThat(client.receive()).isEqualTo(5);
      assertThat(client.errorStatus()).isEqualTo(Status.MALFORMED);
      assertThat(client.isClosedByServer()).isTrue();
    }
    try (RawClient client = greeted()) {
      client.send(client.messages.hello(6, 1, 2));
      assertThat(client.receive()).isEqualTo(6);
      assertThat(client.templateId()).isEqualTo(HelloReplyDecoder.TEMPLATE_ID);
      assertThat(client.errorStatus()).isEqualTo(Status.OK);
      final int length = client.messages.hello(7, 1, 2);
      client.messages.blockLength(1000);
      client.send(length);
      assertThat(client.receive()).isEqualTo(7);
      assertThat(client.errorStatus()).isEqualTo(Status.MALFORMED);
      client.send(client.messages.ping(8));
      assertThat(client.receive()).isEqualTo(8);
    }
  }

  @Test
  void shouldCloseWhenALaterHelloSharesNoVersion() throws IOException {
    try (RawClient client = greeted()) {
      client.send(client.messages.hello(5, 98, 99));
      client.send(client.messages.ping(6));
      assertThat(client.receive()).isEqualTo(5);
      assertThat(client.errorStatus()).isEqualTo(Status.UNSUPPORTED_VERSION);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void shouldServeEveryVersionThatItSpeaksInItsOwnWhateverWasAgreedOn() throws IOException {
    try (RawClient client = connect()) {
      client.send(client.messages.hello(5, 1, 1));
      client.send(client.messages.ping(6));
      client.send(client.messages.accountsOfVersion1(7));
      for (int i = 5; i <= 7; i++) {
        assertThat(client.receive()).isEqualTo(i);
        assertThat(new MessageHeaderDecoder().wrap(client.reply, 0).version())
            .isEqualTo(MessageHeaderDecoder.SCHEMA_VERSION);
      }
      assertThat(client.templateId()).isEqualTo(AccountsQueryReplyDecoder.TEMPLATE_ID);
    }
  }

  @Test
  void shouldAnswerAClientOfVersionTwoWithALongerBlockThatBeginsAsItKnowsIt() throws IOException {
    try (RawClient client = connect()) {
      client.send(client.messages.hello(5, 2, 2));
      assertThat(client.receive()).isEqualTo(5);
      final HelloReplyDecoder hello = new HelloReplyDecoder();
      hello.wrapAndApplyHeader(client.reply, 0, new MessageHeaderDecoder());
      assertThat(hello.version()).isEqualTo(2);

      final int length = client.messages.sequence(6);
      client.messages.version(2);
      client.send(length);
      client.send(client.messages.ping(7));
      assertThat(client.receive()).isEqualTo(6);
      assertThat(client.status()).isEqualTo(Status.OK);
      final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(client.reply, 0);
      assertThat(header.blockLength()).isEqualTo(38);
      // Of version 2: a block of 30 bytes, of which these are the last four.
      assertThat(client.reply.getInt(Long.BYTES + 26, ByteOrder.LITTLE_ENDIAN)).isEqualTo(480);
      assertThat(client.receive()).isEqualTo(7);
    }
  }
}
