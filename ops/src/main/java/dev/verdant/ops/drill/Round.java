package dev.verdant.ops.drill;

import dev.verdant.ops.drill.injection.InjectionKind;

/**
 * A round that has passed.
 *
 * @param number from 1.
 * @param kind of fault.
 * @param durability that was promised when it happened.
 * @param acknowledged commands acknowledged in the round.
 * @param rejected of these.
 * @param lastSequence of the ledger afterwards.
 * @param kills servers killed.
 * @param injected what was done.
 * @param found what was found and decided.
 * @param recoveryNanos from the start of the process to its first answer.
 */
record Round(
    int number,
    InjectionKind kind,
    String durability,
    long acknowledged,
    long rejected,
    long lastSequence,
    int kills,
    String injected,
    String found,
    long recoveryNanos) {}
