package dev.verdant.pipeline;

/** How many threads the stages run on. The results are the same. */
public enum Wiring {
  /** Journal, ledger and reply on one core thread, beside the gateway's: the default. */
  TWO_CORES,
  /** Each stage on its own thread. */
  SPREAD
}
