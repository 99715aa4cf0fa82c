/**
 * Replicas as processes of their own on this machine, on loopback. What {@code demo}, {@code up},
 * the benchmarks and the tests of real processes share; it knows how replicas are started, and
 * nothing of what they do.
 */
@NullMarked
package dev.ordinal.local;

import org.jspecify.annotations.NullMarked;
