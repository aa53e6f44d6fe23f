/** Tests of the off-heap tables and indexes against the collections of the JDK. */
package dev.verdant.memory;
