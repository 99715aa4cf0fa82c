/**
 * What a slot of the log holds, as values: entries, their hash chain and the encoding of a batch.
 * Nothing here knows the protocol, the disk or the network. PURE.
 */
@NullMarked
package dev.ordinal.consensus.entry;

import org.jspecify.annotations.NullMarked;
