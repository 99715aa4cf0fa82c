package dev.ordinal.consensus.core;

/**
 * What the disk says of this replica.
 *
 * @param verified how far the log there is known to be that of the leader of {@code accepted}
 * @param decided everything through this slot is there and decided, so it never changes again
 */
record Durable(Ballot promised, Ballot accepted, long verified, long decided) {}
