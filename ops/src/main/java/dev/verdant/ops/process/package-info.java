/** Server processes started and ended by a command: by the demo and by the drills. */
package dev.verdant.ops.process;
