package dev.verdant.bench.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SnapshotSettingsTest {
  /** As its help says. */
  @Test
  void shouldJudgeBarsAtItsDefaultsAndNotBelowAnyOfThem() {
    assertThat(new SnapshotSettings().isFullSize()).isTrue();
    assertThat(new SnapshotSettings().seconds(10).isFullSize()).isTrue();
    assertThat(new SnapshotSettings().members(4_999_999).isFullSize()).isFalse();
    assertThat(new SnapshotSettings().lots(3).isFullSize()).isFalse();
    assertThat(new SnapshotSettings().rate(299_999).isFullSize()).isFalse();
    assertThat(new SnapshotSettings().seconds(9).isFullSize()).isFalse();
    assertThat(new SnapshotSettings().runs(4).isFullSize()).isFalse();
    assertThat(new SnapshotSettings().quick().isFullSize()).isFalse();
  }
}
