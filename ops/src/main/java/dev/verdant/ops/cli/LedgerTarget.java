package dev.verdant.ops.cli;

import dev.verdant.ops.session.InProcessSession;
import dev.verdant.ops.session.LedgerSession;
import dev.verdant.ops.session.RemoteSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the ledger is: exactly one of a data directory and a running server. */
final class LedgerTarget {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private Place place;

  /** The two places. */
  private static final class Place {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        converter = Directories.Converter.class,
        description = "Opens the ledger of this data directory in this process, with its journal.")
    private Path data;

    @Option(
        names = "--connect",
        paramLabel = "HOST:PORT",
        converter = HostPort.Converter.class,
        description = "Talks to a running server over the binary protocol.")
    private HostPort connect;
  }

  /** Opens the ledger to change it; a data directory that is not there is made. */
  LedgerSession openForCommands() throws IOException {
    return place.data == null
        ? RemoteSession.connect(place.connect.host(), place.connect.port())
        : InProcessSession.open(place.data);
  }

  /** Opens the ledger to read it; a data directory without one is an error. */
  LedgerSession openForReading() throws IOException {
    requireLedger();
    return openForCommands();
  }

  /** The data directory, if that is where the ledger is; one without a ledger is an error. */
  Optional<Path> directory() {
    requireLedger();
    return Optional.ofNullable(place.data);
  }

  /** Reading must not make one, where somebody mistook the directory. */
  private void requireLedger() {
    if (place.data != null) {
      Directories.requireLedger(place.data);
    }
  }
}
