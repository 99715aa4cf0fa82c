/** Workloads and load generators. */
@NullMarked
package dev.ordinal.bench;

import org.jspecify.annotations.NullMarked;
