/**
 * What an operator's wish for other members comes to: the next configuration, or why there is none.
 * PURE.
 */
@NullMarked
package dev.ordinal.server.membership;

import org.jspecify.annotations.NullMarked;
