/**
 * The golden vectors of the rulebook: scripts with the results, accounts, pools and trial balance
 * that obey it. Both the model and the ledger must give exactly these.
 */
package dev.verdant.ledger.golden;
