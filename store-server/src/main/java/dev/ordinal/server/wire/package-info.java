/** Bytes on their way through the server: as few copies as can be had safely. */
@NullMarked
package dev.ordinal.server.wire;

import org.jspecify.annotations.NullMarked;
