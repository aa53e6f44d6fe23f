package dev.verdant.ledger.harness;

/** Fails a test that leaves off-heap memory behind. */
public abstract class LeakGuarded {}
