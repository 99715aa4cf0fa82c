/**
 * Where a node keeps its part of the log: the {@link dev.ordinal.consensus.log.LogStore} contract,
 * its twins on RocksDB and in memory, and the identity of a data directory. The only place of
 * consensus that knows RocksDB; nothing here knows the protocol.
 */
@NullMarked
package dev.ordinal.consensus.log;

import org.jspecify.annotations.NullMarked;
