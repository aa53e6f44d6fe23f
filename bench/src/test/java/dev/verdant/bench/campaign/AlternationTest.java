package dev.verdant.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlternationTest {
  private static final int RUNS = 3;

  private final List<String> order = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final Alternation runs =
      new Alternation(new Settings().runs(RUNS).progress(said::add).conclude());
  private double ours = 1;
  private double theirs = 100;

  @Test
  void shouldRunEachInTurnAndCountNoWarmUp() throws IOException {
    runs.with("ours", this::runOurs).with("theirs", this::runTheirs).run();

    assertThat(String.join(" ", order))
        .isEqualTo("ours theirs ours theirs ours theirs ours theirs");
    assertThat(runs.row("ours").runs()).containsExactly(4.0, 8.0, 16.0);
    assertThat(runs.row("theirs").runs()).containsExactly(102.0, 103.0, 104.0);
    assertThat(said).hasSize(1 + RUNS);
  }

  @Test
  void shouldCompareRoundByRound() throws IOException {
    runs.with("ours", this::runOurs).with("double", () -> 2 * ours).run();

    assertThat(runs.times("vs", "double", "ours").runs()).containsExactly(2.0, 2.0, 2.0);
    assertThat(runs.times("vs", "double", "ours").unit()).isEqualTo("times");
  }

  private double runOurs() {
    order.add("ours");
    ours *= 2;
    return ours;
  }

  private double runTheirs() {
    order.add("theirs");
    return ++theirs;
  }
}
