package dev.verdant.client.result;

/**
 * The answer to a change of the program.
 *
 * @param outcome what became of it.
 */
public record CommandResult(Outcome outcome) implements Result {
  /** Reads a reply. */
  public static CommandResult decode(Reply reply) {
    return new CommandResult(reply.bareOutcome());
  }
}
