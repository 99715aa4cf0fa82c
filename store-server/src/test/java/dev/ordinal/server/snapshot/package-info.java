/** Tests of single steps on real folders. */
@NullMarked
package dev.ordinal.server.snapshot;

import org.jspecify.annotations.NullMarked;
