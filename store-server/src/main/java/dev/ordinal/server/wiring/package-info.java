/** Puts a server together, from the disk up to the listeners, and takes it apart again. */
@NullMarked
package dev.ordinal.server.wiring;

import org.jspecify.annotations.NullMarked;
