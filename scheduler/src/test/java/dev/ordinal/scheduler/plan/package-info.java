@NullMarked
package dev.ordinal.scheduler.plan;

import org.jspecify.annotations.NullMarked;
