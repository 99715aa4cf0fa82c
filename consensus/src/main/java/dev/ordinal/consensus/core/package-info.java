/**
 * The protocol, and nothing but the protocol: prefix Multi-Paxos as a machine that is told what
 * happened ({@link dev.ordinal.consensus.core.Event}) and says what it wants done ({@link
 * dev.ordinal.consensus.core.Effect}). No thread, clock, disk, network, logger or source of chance
 * of its own. PURE.
 */
@NullMarked
package dev.ordinal.consensus.core;

import org.jspecify.annotations.NullMarked;
