/** The verbs that talk to a running store, one class each. */
@NullMarked
package dev.ordinal.cli.verb;

import org.jspecify.annotations.NullMarked;
