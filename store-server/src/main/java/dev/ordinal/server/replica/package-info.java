/**
 * One replica as the doors see it: commands go in with a caller, outcomes find their callers, reads
 * wait for what they need. Between consensus, which orders bytes, and the journal, which judges
 * them; it decides nothing itself.
 */
@NullMarked
package dev.ordinal.server.replica;

import org.jspecify.annotations.NullMarked;
