/**
 * What happens in the journal, told to subscribers in order and without gaps. Nothing is queued for
 * them: each is a place in the journal that moves on when its owner asks.
 */
@NullMarked
package dev.ordinal.journal.feed;

import org.jspecify.annotations.NullMarked;
