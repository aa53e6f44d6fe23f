/** Tests of the whole: a real server with a real journal, asked over real sockets. */
package dev.verdant.system;
