package dev.verdant.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verdant.bench.report.IncompleteException;
import dev.verdant.bench.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
  @TempDir private Path directory;

  @Test
  void shouldKeepWhatIsFinishedWhereAServerDoesNotStart() {
    Settings settings =
        new Settings().workDirectory(directory).serverMain(List.of("no.such.Main")).conclude();
    Compare compare = new Compare(settings, true, Optional.empty());

    IncompleteException failure = catchThrowableOfType(IncompleteException.class, compare::measure);
    assertThat(failure)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the server did not start, see tcp-written-1m");
    assertThat(failure.found().rows())
        .extracting(Row::name)
        .containsExactly("ledger-1m-skewed", "limit-memory-of-ledger-1m-skewed", "release-1m");
    assertThat(failure.found().rows()).allSatisfy(row -> assertThat(row.bar()).isEmpty());
    assertThat(failure.found().row("release-1m").note())
        .containsPattern("they pay 3\\d and 3\\d cohorts");
  }
}
