package dev.verdant.ledger.view;

/**
 * One cohort: points issued into a pool under a plan in one period.
 *
 * @param pool id.
 * @param plan id.
 * @param entryPeriod of the pool when its points were issued.
 * @param releases that it has had.
 * @param exited true if it has had all.
 * @param points of its lots, in 1/100 point; if exited, those at its exit.
 * @param liability coupons released to it, in fen.
 * @param due ratio that its releases have added up to.
 * @param paid ratio of them that has been paid.
 * @param baseValue of the pool at its first release with it, in 1/100 point; 0 before.
 */
public record CohortView(
    int pool,
    int plan,
    int entryPeriod,
    int releases,
    boolean exited,
    long points,
    long liability,
    long due,
    long paid,
    long baseValue) {}
