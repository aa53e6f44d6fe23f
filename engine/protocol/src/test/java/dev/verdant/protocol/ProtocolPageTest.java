package dev.verdant.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.codec.HelloEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds PROTOCOL.md, the page for integrators, and the schema together. */
class ProtocolPageTest {
  private static final Path PAGE = Path.of("PROTOCOL.md");

  private static WireSchema schema;
  private static String page;

  @BeforeAll
  static void read() throws Exception {
    schema = WireSchema.load();
    page = Files.readString(PAGE);
  }

  @Test
  void shouldShowTheBytesThatTheCodecsWrite() {
    WorkedExample example = new WorkedExample();
    String expected =
        String.join(
            "\n",
            AnnotatedFrame.of(schema, "→", example.hello()),
            AnnotatedFrame.of(schema, "←", example.helloReply()),
            AnnotatedFrame.of(schema, "→", example.openShop()),
            AnnotatedFrame.of(schema, "→", example.openMember()),
            AnnotatedFrame.of(schema, "←", example.opened(2, 1)),
            AnnotatedFrame.of(schema, "←", example.opened(3, 2)),
            AnnotatedFrame.of(schema, "→", example.order()),
            AnnotatedFrame.of(schema, "←", example.ordered()));

    String shown = page.substring(page.lastIndexOf("```", page.lastIndexOf("```") - 1) + 4);
    assertThat(shown.substring(0, shown.lastIndexOf("```"))).isEqualTo(expected);
  }

  @Test
  void shouldWorkOutTheNumbersThatItTells() {
    assertThat(WorkedExample.CONCESSION_FEN).isEqualTo(2_000);
    assertThat(WorkedExample.PAYABLE_FEN).isEqualTo(6_400);
    assertThat(WorkedExample.RESERVE_FEN).isEqualTo(1_600);
    assertThat(WorkedExample.COINS_CC).isEqualTo(2_000);
  }

  @Test
  void shouldListEveryStatusOfTheSchemaWithItsCode() {
    assertThat(schema.values("Status"))
        .hasSizeGreaterThan(30)
        .allSatisfy(
            (code, status) ->
                assertThat(page).containsOnlyOnce("| " + code + " | " + status + " |"));
  }

  @Test
  void shouldListNoStatusThatTheSchemaDoesNotHave() {
    assertThat(page.lines().filter(line -> line.matches("\\| \\d+ \\| [A-Z_]+ \\|.*")))
        .hasSize(schema.values("Status").size());
  }

  @Test
  void shouldNameEveryMessageOfTheSchemaWithItsTemplate() {
    assertThat(schema.messages())
        .hasSizeGreaterThan(30)
        .allSatisfy(
            (template, message) ->
                assertThat(page).containsPattern("\\b" + template + "( \\| | )" + message + "\\b"));
  }

  @Test
  void shouldTellTheLimitsOfTime() {
    assertThat(page).contains(Limits.MIN_TIME_MILLIS + " to " + Limits.MAX_TIME_MILLIS);
  }

  @Test
  void shouldNameTheSchema() {
    assertThat(page).contains(String.valueOf(HelloEncoder.SCHEMA_ID));
  }
}
