package dev.verdant.client.result;

/**
 * What became of a scan of accounts.
 *
 * @param outcome OK where every account wanted was delivered, all of the view of its sequence. Else
 *     those before {@code nextAccount} were, of that sequence still: {@code VIEW_GONE} where the
 *     server gave the view up. Begin again for one consistent view, or go on from {@code
 *     nextAccount} in a newer one.
 * @param ageMillis of the view, when its last page was read.
 * @param accounts delivered.
 * @param nextAccount smallest id not looked at, where the scan did not come to its end.
 */
public record ScanResult(Outcome outcome, long ageMillis, long accounts, long nextAccount)
    implements Result {}
