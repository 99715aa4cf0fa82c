/** What a plan looks like as a transaction, and what makes two of them conflict. */
@NullMarked
package dev.ordinal.scheduler.plan;

import org.jspecify.annotations.NullMarked;
