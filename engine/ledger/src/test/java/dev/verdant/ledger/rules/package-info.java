/**
 * The rulebook by examples, a file to a section: each test is one sentence, its numbers worked out
 * by hand from the rulebook.
 */
package dev.verdant.ledger.rules;
