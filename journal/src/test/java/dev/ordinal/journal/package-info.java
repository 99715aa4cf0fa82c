@NullMarked
package dev.ordinal.journal;

import org.jspecify.annotations.NullMarked;
