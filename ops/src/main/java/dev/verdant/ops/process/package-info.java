/**
 * Processes of Verdant started by Verdant: servers of the demo and of the drills, and the commands
 * of tests.
 */
package dev.verdant.ops.process;
