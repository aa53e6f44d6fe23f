/**
 * How the pipeline knows snapshots on disk: by an interface alone, since the journal, which the
 * pipeline does not know, writes them. The server implements it ({@code SnapshotTaker} in ops).
 */
package dev.verdant.pipeline.snapshot;
