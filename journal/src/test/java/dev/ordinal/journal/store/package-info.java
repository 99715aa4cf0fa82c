@NullMarked
package dev.ordinal.journal.store;

import org.jspecify.annotations.NullMarked;
