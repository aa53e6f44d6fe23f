package dev.verdant.pipeline;

/** How many threads the stages run on. The results are the same. */
public enum Wiring {
  /**
   * The journal on one thread, ledger and reply on the next, beside the gateway's: the default.
   * Where answers wait for the disk, the reply has a third with what waits.
   */
  TWO_CORES,
  /** Each stage on its own thread. */
  SPREAD
}
