/**
 * Views of a ledger as JSON: accounts, pools, trial balance, one order, digest. The same over any
 * connection, since they are made from the replies to queries.
 */
package dev.verdant.ops.view;
