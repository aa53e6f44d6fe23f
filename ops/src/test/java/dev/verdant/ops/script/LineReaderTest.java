package dev.verdant.ops.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static List<String> lines(String script) throws IOException {
    LineReader reader =
        new LineReader(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)));
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      lines.add(
          new String(reader.bytes(), reader.offset(), reader.length(), StandardCharsets.UTF_8));
    }
    return lines;
  }

  @Test
  void shouldReadLinesWithAndWithoutALastLineFeed() throws IOException {
    assertThat(lines("a\nbc\n")).containsExactly("a", "bc");
    assertThat(lines("a\nbc")).containsExactly("a", "bc");
  }

  @Test
  void shouldCountABlankLineWithALineBehindIt() throws IOException {
    assertThat(lines("a\n\n \nb\n")).containsExactly("a", "", "", "b");
    assertThat(lines("\na")).containsExactly("", "a");
  }

  @Test
  void shouldNotCountBlankLinesAtTheEnd() throws IOException {
    assertThat(lines("a\n\n \t\r\n")).containsExactly("a");
    assertThat(lines("\n\n")).isEmpty();
    assertThat(lines("")).isEmpty();
  }

  @Test
  void shouldKeepLinesWholeAcrossBlocks() throws IOException {
    String longLine = "x".repeat(300_000);
    assertThat(lines("a\n" + longLine + "\nb\n")).containsExactly("a", longLine, "b");
  }

  @Test
  void shouldCutALineThatNoCommandCouldBe() throws IOException {
    List<String> lines = lines("y".repeat(LineReader.MAX_LENGTH + 500_000) + "\nb\n");
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).length())
        .isBetween(LineReader.MAX_LENGTH, LineReader.MAX_LENGTH + 128 * 1024);
    assertThat(lines.get(1)).isEqualTo("b");
  }

  @Test
  void shouldMakeNeitherACommandNorABlankLineOfALineByCuttingIt() throws IOException {
    String blank = " ".repeat(LineReader.MAX_LENGTH);
    // What is in the middle is cut.
    assertThat(lines("{" + blank + "no JSON" + " ".repeat(500_000) + "}\n").get(0)).contains("\0");
    assertThat(lines(blank + "{}" + " ".repeat(500_000) + "\n")).hasSize(1);
  }

  @Test
  void shouldFindEveryLineWhereverBlocksEnd() throws IOException {
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      wanted.add(i + "x".repeat(i % 97));
    }
    assertThat(lines(String.join("\n", wanted))).isEqualTo(wanted);
  }

  @Test
  void shouldNotWaitForInputToTellWhetherThereIsALine() throws IOException {
    InputStream slow =
        new ByteArrayInputStream("a\n".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int available() {
            return 0;
          }
        };
    LineReader reader = new LineReader(slow);
    assertThat(reader.isReady()).isFalse();
  }
}
