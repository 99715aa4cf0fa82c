/** A cluster of real replicas in one process, for tests of every module above the server. */
@NullMarked
package dev.ordinal.server.testing;

import org.jspecify.annotations.NullMarked;
