@NullMarked
package dev.ordinal.journal.feed;

import org.jspecify.annotations.NullMarked;
