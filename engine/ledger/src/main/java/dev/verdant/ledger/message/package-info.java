/**
 * The messages that come by the million, read and written where they lie: each class has the fields
 * of one message by the address of its SBE header, in the units of the wire schema, with bounds
 * checked once ({@link dev.verdant.ledger.message.MessageMemory}).
 */
package dev.verdant.ledger.message;
