/** Code that breaks the rules on purpose: a rule that cannot fail proves nothing. */
@NullMarked
package dev.ordinal.architecture.planted;

import org.jspecify.annotations.NullMarked;
