@NullMarked
package dev.ordinal.scheduler.placement;

import org.jspecify.annotations.NullMarked;
