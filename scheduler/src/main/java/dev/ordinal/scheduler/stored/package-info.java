/**
 * Where a cluster and its placements lie in the store: written once, and read back to be checked.
 */
@NullMarked
package dev.ordinal.scheduler.stored;

import org.jspecify.annotations.NullMarked;
