/**
 * How the pipeline knows snapshots on disk: by an interface, which the server's operations fill in.
 */
package dev.verdant.pipeline.snapshot;
