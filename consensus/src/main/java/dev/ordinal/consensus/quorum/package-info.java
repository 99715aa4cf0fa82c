/**
 * Who votes, and which sets of voters suffice. Knows nothing of ballots, logs or messages. PURE.
 */
@NullMarked
package dev.ordinal.consensus.quorum;

import org.jspecify.annotations.NullMarked;
