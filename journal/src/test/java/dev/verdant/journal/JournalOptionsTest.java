package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.journal.append.JournalOptions;
import dev.verdant.protocol.codec.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class JournalOptionsTest {
  private static final long MIB = 1024 * 1024;

  static final List<Arguments> UNFIT =
      List.of(
          unfit(
              o -> o.maxBatchLength(262_151), "maxBatchLength must be 262152..8388608, not 262151"),
          unfit(
              o -> o.maxBatchLength(8_388_609),
              "maxBatchLength must be 262152..8388608, not 8388609"),
          unfit(
              o -> o.blockSizeBytes(4_456_447),
              "blockSizeBytes must be at least 4456448 for batches of 1048576, not 4456447"),
          unfit(o -> o.reserveBytes(-1), "reserveBytes must not be negative: -1"),
          unfit(
              o -> o.allocationBytes(2 * MIB - 1),
              "allocationBytes must be at least 2097152, not 2097151"));

  static final List<Arguments> FIT =
      List.of(
          fit(o -> o),
          fit(o -> o.maxBatchLength(262_152)),
          fit(o -> o.maxBatchLength(8_388_608).blockSizeBytes(64 * MIB)),
          fit(o -> o.blockSizeBytes(4_456_448)),
          fit(o -> o.reserveBytes(0)),
          fit(o -> o.allocationBytes(2 * MIB)));

  @TempDir Path directory;

  private static Arguments unfit(UnaryOperator<JournalOptions> change, String message) {
    return Arguments.of(change, message);
  }

  private static Arguments fit(UnaryOperator<JournalOptions> change) {
    return Arguments.of(change);
  }

  @ParameterizedTest
  @FieldSource("UNFIT")
  void shouldNameTheOptionThatDoesNotFit(UnaryOperator<JournalOptions> change, String message) {
    final JournalOptions options = change.apply(new JournalOptions());
    assertThatThrownBy(options::conclude)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @FieldSource("FIT")
  void shouldTakeTheDefaultsAndEveryBound(UnaryOperator<JournalOptions> change) {
    final JournalOptions options = change.apply(new JournalOptions());
    assertThat(options.conclude()).isSameAs(options);
  }

  @Test
  void shouldTouchNothingWhenAnOptionDoesNotFit() {
    final Path data = directory.resolve("data");
    final JournalOptions options = new JournalOptions().reserveBytes(-1);
    assertThatThrownBy(() -> DataDirectory.open(data, options, Durability.WRITTEN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(data).doesNotExist();
  }
}
