package dev.verdant.ops.drill;

import dev.verdant.ops.drill.injection.InjectionKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What drill is wanted.
 *
 * @param rounds number of them.
 * @param seed of the plan and of all choices.
 * @param only kind of all rounds; all kinds if empty.
 * @param directory where the drill works; it makes directories of its own there.
 * @param json takes one JSON object a round, and one of the whole; none if empty.
 * @param stopLimit longest that a stop by a signal may take.
 */
public record DrillOptions(
    int rounds,
    long seed,
    Optional<InjectionKind> only,
    Path directory,
    Optional<Path> json,
    Duration stopLimit) {}
