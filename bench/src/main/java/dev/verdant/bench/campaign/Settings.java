package dev.verdant.bench.campaign;

import dev.verdant.bench.workload.Profile;
import dev.verdant.bench.workload.TradingDay;
import dev.verdant.protocol.codec.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How to measure. Set what differs, then {@link #conclude()}; not to be changed afterwards. Not
 * thread-safe.
 */
public final class Settings {
  private static final int MOST_REQUESTS_A_DAY = 2_000_000;
  private static final int LEAST_REQUESTS_A_DAY = 20_000;
  private static final int REQUESTS_A_MEMBER = 4;
  private static final long LEAST_PEER_MILLIS = 300;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LEAST_LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** The idle threads that take nothing from others. */
  static final String BACKOFF = "backoff";

  private int members = 1_000_000;
  private boolean uniform;
  private Durability durability = Durability.WRITTEN;
  private String idle = BACKOFF;
  private int runs = 5;
  private int seconds = 2;
  private int requestsADay;
  private int connections = 2;
  private int window;
  private Path workDirectory;
  private List<String> serverMain = List.of();
  private Consumer<String> progress = line -> {};

  /** Members that trade, at least 1; 1,000,000 by default. */
  public Settings members(int members) {
    this.members = members;
    return this;
  }

  int members() {
    return members;
  }

  /** Whether members and merchants are drawn uniformly; skewed by default. */
  public Settings uniform(boolean uniform) {
    this.uniform = uniform;
    return this;
  }

  /** What an acknowledgement promises; WRITTEN by default. */
  public Settings durability(Durability durability) {
    this.durability = durability;
    return this;
  }

  Durability durability() {
    return durability;
  }

  /** What the server's idle threads do: spin, yield or backoff; backoff by default. */
  public Settings idle(String idle) {
    this.idle = idle;
    return this;
  }

  String idle() {
    return idle;
  }

  /** Runs of each measurement, at least 1; 5 by default. */
  public Settings runs(int runs) {
    this.runs = runs;
    return this;
  }

  int runs() {
    return runs;
  }

  /** Least measured seconds of a run, 0 for one day of trade; 2 by default. */
  public Settings seconds(int seconds) {
    this.seconds = seconds;
    return this;
  }

  int seconds() {
    return seconds;
  }

  /** Least milliseconds of a peer's run. */
  long peerMillis() {
    return Math.max(LEAST_PEER_MILLIS, TimeUnit.SECONDS.toMillis(seconds));
  }

  /** Least nanoseconds of a run of a limit. */
  long limitNanos() {
    return seconds == 0 ? LEAST_LIMIT_NANOS : LIMIT_NANOS;
  }

  /**
   * Orders and refunds a day, at most {@link TradingDay#MOST_REQUESTS}; by default four a member,
   * 20,000 to 2 million.
   */
  public Settings requestsADay(int requests) {
    requestsADay = requests;
    return this;
  }

  int requestsADay() {
    return requestsADay;
  }

  /** Connections of the load, a divisor of {@link TradingDay#LANES}; 2 by default. */
  public Settings connections(int connections) {
    this.connections = connections;
    return this;
  }

  int connections() {
    return connections;
  }

  /** Requests that a connection may have unanswered; the server's bound by default. */
  public Settings window(int window) {
    this.window = window;
    return this;
  }

  int window() {
    return window;
  }

  /** Where data directories and logs of the servers go. Required where there are servers. */
  public Settings workDirectory(Path directory) {
    workDirectory = directory;
    return this;
  }

  Path workDirectory() {
    return workDirectory;
  }

  /** Main class and first arguments of a server process. Required where there are servers. */
  public Settings serverMain(List<String> mainAndArguments) {
    serverMain = List.copyOf(mainAndArguments);
    return this;
  }

  List<String> serverMain() {
    return serverMain;
  }

  /** Told what is being done, a line at a time. */
  public Settings progress(Consumer<String> listener) {
    progress = listener;
    return this;
  }

  void say(String format, Object... values) {
    progress.accept(String.format(Locale.ROOT, format, values));
  }

  Profile profile() {
    return uniform ? Profile.uniform(members) : Profile.skewed(members);
  }

  /**
   * Resolves defaults and checks the settings.
   *
   * @throws IllegalArgumentException naming the setting that does not fit, with its value.
   */
  public Settings conclude() {
    check(members >= 1, "members", members);
    check(runs >= 1, "runs", runs);
    check(seconds >= 0, "seconds", seconds);
    check(
        requestsADay >= 0 && requestsADay <= TradingDay.MOST_REQUESTS,
        "requests a day",
        requestsADay);
    check(connections >= 1 && TradingDay.LANES % connections == 0, "connections", connections);
    check(window >= 0, "window", window);
    if (requestsADay == 0) {
      final long wanted = (long) REQUESTS_A_MEMBER * members;
      requestsADay = (int) Math.max(LEAST_REQUESTS_A_DAY, Math.min(MOST_REQUESTS_A_DAY, wanted));
    }
    return this;
  }

  private static void check(boolean holds, String what, int value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " cannot be " + value);
    }
  }

  /** A copy that may be changed and concluded again; the requests a day follow the members anew. */
  Settings copy() {
    final Settings copy = new Settings();
    copy.members = members;
    copy.uniform = uniform;
    copy.durability = durability;
    copy.idle = idle;
    copy.runs = runs;
    copy.seconds = seconds;
    copy.connections = connections;
    copy.window = window;
    copy.workDirectory = workDirectory;
    copy.serverMain = serverMain;
    copy.progress = progress;
    return copy;
  }
}
