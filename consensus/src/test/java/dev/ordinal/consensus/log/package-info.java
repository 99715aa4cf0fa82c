/** The log, tested on its twins and against crashes. */
@NullMarked
package dev.ordinal.consensus.log;

import org.jspecify.annotations.NullMarked;
