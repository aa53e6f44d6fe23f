/**
 * How a command of the command line reaches its ledger, in this process or over TCP, and how it
 * talks to it: a window of unanswered requests over a {@link
 * dev.verdant.protocol.MessageConnection}.
 */
package dev.verdant.ops.session;
