/** Which node a task goes to, and why not elsewhere. PURE. */
@NullMarked
package dev.ordinal.scheduler.placement;

import org.jspecify.annotations.NullMarked;
