/**
 * Plans become transactions: where a cluster lies in the store, what a placement changes there, and
 * the scheduler that proposes, learns what became of it, and tries again.
 */
@NullMarked
package dev.ordinal.scheduler.submit;

import org.jspecify.annotations.NullMarked;
