/** The replica process: wiring, configuration, start and stop. */
@NullMarked
package dev.ordinal.server;

import org.jspecify.annotations.NullMarked;
