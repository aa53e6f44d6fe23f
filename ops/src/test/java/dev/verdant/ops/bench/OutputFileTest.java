package dev.verdant.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private Path directory;

  @Test
  void shouldLeaveALinkToNoFileYetAsItIs() throws Exception {
    Path target = directory.resolve("rows.json");
    Path link = Files.createSymbolicLink(directory.resolve("latest.json"), target);
    OutputFile.requireWritable(link);
    assertThat(link).isSymbolicLink();
    assertThat(target).doesNotExist();
  }

  @Test
  void shouldLeaveNoFileWhereThereWasNone() throws Exception {
    Path file = directory.resolve("rows.json");
    OutputFile.requireWritable(file);
    assertThat(file).doesNotExist();
  }
}
