/**
 * The demo: real orders over the binary protocol to a server process of its own, which is killed in
 * the middle and recovers; what it shows it also checks.
 */
package dev.verdant.ops.demo;
