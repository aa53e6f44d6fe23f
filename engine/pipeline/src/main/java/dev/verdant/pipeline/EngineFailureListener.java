package dev.verdant.pipeline;

/** Told once when the engine has failed, so that the process can end with a clear message. */
@FunctionalInterface
public interface EngineFailureListener {
  /**
   * The engine has failed. Called on the thread of the stage that failed, after its batch has been
   * answered; must return soon, and may close the engine.
   *
   * @param cause what the stage threw.
   */
  void onFailure(Throwable cause);
}
