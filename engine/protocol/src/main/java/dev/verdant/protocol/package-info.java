/**
 * What travels between an upstream service and the ledger, and what the journal keeps: the SBE
 * messages (generated into {@code dev.verdant.protocol.codec} from {@code verdant-wire.xml}), the
 * frame around them, their validation, and the limits that both sides share.
 *
 * <p>Knows Agrona and nothing else: no socket, no file, no thread.
 */
package dev.verdant.protocol;
