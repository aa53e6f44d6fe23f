package dev.verdant.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialsTest {
  private final List<String> said = new ArrayList<>();
  private final Settings settings = new Settings().progress(said::add).conclude();

  @Test
  void shouldTryEachOnceAndChooseTheFastest() throws IOException {
    List<Integer> tried = new ArrayList<>();
    int best =
        Trials.best(
            settings,
            "peer",
            List.of(1, 2, 4),
            choice -> {
              tried.add(choice);
              return choice == 2 ? 1_500 : 1_000;
            });

    assertThat(best).isEqualTo(2);
    assertThat(tried).containsExactly(1, 2, 4);
    assertThat(said)
        .containsExactly(
            "peer: 1,000 orders/s with 1",
            "peer: 1,500 orders/s with 2",
            "peer: 1,000 orders/s with 4");
  }
}
