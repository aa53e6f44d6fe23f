package dev.verdant.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void shouldEndWithARunThatIsHardlyFaster() {
    assertThat(of(100, 109, 300)).containsExactly(100.0, 109.0);
    assertThat(of(100, 90, 300)).containsExactly(100.0, 90.0);
  }

  @Test
  void shouldGoOnWhileRunsAreFasterButNotForEver() {
    assertThat(of(100, 150, 151)).containsExactly(100.0, 150.0, 151.0);
    assertThat(of(100, 150, 300, 600)).containsExactly(100.0, 150.0, 300.0);
  }

  private static List<Double> of(double... rates) {
    final Iterator<Double> next = DoubleStream.of(rates).iterator();
    return WarmUp.run(next::next);
  }
}
