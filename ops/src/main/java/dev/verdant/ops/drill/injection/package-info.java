/**
 * What a drill does to a server and its files: one class for each, all behind {@link
 * dev.verdant.ops.drill.injection.Injection}.
 */
package dev.verdant.ops.drill.injection;
