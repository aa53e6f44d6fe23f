/**
 * The journal: every command, in sequence, on disk before it is acknowledged; and the way back from
 * there to a ledger.
 *
 * <pre>
 *   DIR/lock                           held by the owner, released by the kernel on death
 *   DIR/acknowledged                   the watermark: how far acknowledgements went
 *   DIR/ledger-id                      which ledger it is, as each of its snapshots says, too
 *   DIR/journal/00000001/*.cq4         one Chronicle queue per start of an engine (a generation)
 *   DIR/journal/00000002/*.cq4         one file per segment, the next one after each roll
 *   DIR/snapshots/...                  the state as of some sequences (package snapshot)
 *   DIR/keep-journal                   empty; files below the snapshots stay
 * </pre>
 *
 * <p>Chronicle Queue writes the files and never sees an older generation: each start appends to a
 * new queue, so that nothing it keeps in its files or metadata (locks of dead processes, cached
 * write positions, indexes, end marks) decides about what has been kept. The way back reads the
 * same files document by document, without mapping or changing them, and trusts only our own
 * checksum, chain and sequence. {@link dev.verdant.journal.scan.RecoveryDecision} is the table of
 * what is done with what has been found.
 *
 * <p>Data flows from {@code append} to the {@code disk}, and back through {@code log} (bytes),
 * {@code scan} (what is right, and what to do) and {@code recovery} (a ledger); {@code snapshot}
 * shortens that way, {@code verify} walks it without an engine. Here stand the owners: {@link
 * dev.verdant.journal.DataDirectory} and what it keeps.
 *
 * <p>Knows the protocol, the ledger and the pipeline's interface; no socket.
 */
package dev.verdant.journal;
