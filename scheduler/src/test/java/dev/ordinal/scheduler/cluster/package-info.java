@NullMarked
package dev.ordinal.scheduler.cluster;

import org.jspecify.annotations.NullMarked;
