@NullMarked
package dev.ordinal.scheduler.workload;

import org.jspecify.annotations.NullMarked;
