/**
 * The demo: a real workload, competing schedulers, a killed leader, and proof that nothing was
 * lost.
 */
@NullMarked
package dev.ordinal.cli.demo;

import org.jspecify.annotations.NullMarked;
