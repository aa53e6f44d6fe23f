package dev.verdant.bench.workload;

/**
 * The accounts of a profile by number: agents first, merchants, then members, as they are opened.
 * Ranks (0 for the busiest) are scattered over the numbers, so that busy ones are no neighbours in
 * memory.
 */
public final class Population {
  static final int MARKETERS = 1_000;
  static final int DISTRICTS = 300;
  static final int PROVINCES = 31;

  private static final long FIRST_AGENT = 1_000;
  private static final long FIRST_MERCHANT = 1_000_000;
  private static final long FIRST_MEMBER = 1_000_000_000;

  /** A prime larger than any count, so that multiples of it visit every number once. */
  private static final long SCATTER = 2_654_435_761L;

  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
  private static final int LEAST_RATE_BPS = 300;
  private static final int RATES = 18;
  private static final int RATE_STEP_BPS = 100;
  private static final int PERCENT = 100;

  private final Profile profile;

  /** The accounts of a profile. */
  public Population(Profile profile) {
    this.profile = profile;
  }

  /** Whose accounts these are. */
  public Profile profile() {
    return profile;
  }

  /** Accounts of every kind. */
  public long accounts() {
    return (long) agents() + profile.merchants() + profile.members();
  }

  /** Agents of every kind; none in a profile without them. */
  public int agents() {
    return profile.agents() ? MARKETERS + DISTRICTS + PROVINCES : 0;
  }

  int merchantOfRank(int rank) {
    return (int) (rank * SCATTER % profile.merchants());
  }

  int memberOfRank(int rank) {
    return (int) (rank * SCATTER % profile.members());
  }

  /** Account id of a member by number, 0 to members - 1. */
  public long member(int number) {
    return FIRST_MEMBER + number;
  }

  /** Account id of a merchant by number, 0 to merchants - 1. */
  public long merchant(int number) {
    return FIRST_MERCHANT + number;
  }

  /** Number of the marketer of a merchant, where there are agents. */
  public static int marketerOf(int merchant) {
    return merchant % MARKETERS;
  }

  /** Number of the district agent of a merchant, where there are agents. */
  public static int districtOf(int merchant) {
    return MARKETERS + merchant % DISTRICTS;
  }

  /** Number of the provincial agent of a merchant, where there are agents. */
  public static int provincialOf(int merchant) {
    return MARKETERS + DISTRICTS + merchant % PROVINCES;
  }

  /** Account id of an agent by number, 0 to agents - 1: marketers, districts, provinces. */
  public long agent(int number) {
    return FIRST_AGENT + number;
  }

  /** What a merchant concedes, 3 % to 20 %, in basis points. */
  public int rateBps(int merchant) {
    return LEAST_RATE_BPS + merchant % RATES * RATE_STEP_BPS;
  }

  /** Number of the member that referred this one, -1 for none. */
  public int referrerOf(int member) {
    if (profile.referredPercent() == 0 || member == 0) {
      return -1;
    }
    final long hash = (member + profile.seed()) * MIX;
    if ((hash >>> 32) % PERCENT >= profile.referredPercent()) {
      return -1;
    }
    return (int) (((hash & 0xFFFF_FFFFL) * member) >>> 32);
  }
}
