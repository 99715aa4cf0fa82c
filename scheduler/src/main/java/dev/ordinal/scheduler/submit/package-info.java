/** The scheduler that proposes plans, learns what became of them, and tries again. */
@NullMarked
package dev.ordinal.scheduler.submit;

import org.jspecify.annotations.NullMarked;
