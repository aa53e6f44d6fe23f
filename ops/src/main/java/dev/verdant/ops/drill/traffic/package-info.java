/**
 * What a drill asks of a server and what it was told: seeded commands over several connections, the
 * drill's own record of each, and a ledger beside that is fed from this record alone. Knows the
 * client and the ledger; no process and no file.
 */
package dev.verdant.ops.drill.traffic;
