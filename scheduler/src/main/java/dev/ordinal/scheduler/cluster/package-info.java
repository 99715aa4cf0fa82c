/** What there is: nodes with their capacities, tasks with their requests, tasks on nodes. PURE. */
@NullMarked
package dev.ordinal.scheduler.cluster;

import org.jspecify.annotations.NullMarked;
