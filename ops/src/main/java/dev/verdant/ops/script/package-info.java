/**
 * Scripts: JSON lines to messages, and the answers to result lines. Strict: a line that is not
 * exactly a command never reaches a ledger. Knows the protocol and a {@link
 * dev.verdant.protocol.MessageConnection}, not where the ledger runs.
 */
package dev.verdant.ops.script;
