/**
 * Random command lists, hostile on purpose, through the ledger and through the walking model: every
 * answer and every view must be equal after every command. A list is a function of its seed; a list
 * that fails is shrunk to the commands that matter before it is shown.
 */
package dev.verdant.ledger.property;
