package dev.verdant.pipeline;

/** Told once when the engine has failed, so that the process can end with a clear message. */
@FunctionalInterface
public interface EngineFailureListener {
  /**
   * The engine has failed. Called on the failed stage's own thread, whichever thread had the
   * stage's turn ({@link StageProcessor}), after its batch has gone on to be answered; where no
   * stage has failed, on the thread that calls {@link Engine#fail}. Must return soon, and may close
   * the engine.
   *
   * @param cause what the stage threw, or what {@link Engine#fail} was told.
   */
  void onFailure(Throwable cause);
}
