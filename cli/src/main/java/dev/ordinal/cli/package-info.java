/** One class per verb of the ordinal command; prints and exits, decides nothing. */
@NullMarked
package dev.ordinal.cli;

import org.jspecify.annotations.NullMarked;
