/**
 * What is to be placed on what: reading and writing CSV files, and the workload that is built in.
 * Decides nothing.
 */
@NullMarked
package dev.ordinal.scheduler.workload;

import org.jspecify.annotations.NullMarked;
