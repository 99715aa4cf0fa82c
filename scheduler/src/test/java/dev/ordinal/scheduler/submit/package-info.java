@NullMarked
package dev.ordinal.scheduler.submit;

import org.jspecify.annotations.NullMarked;
