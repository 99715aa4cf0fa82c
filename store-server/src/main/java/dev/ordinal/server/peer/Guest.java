package dev.ordinal.server.peer;

import dev.ordinal.consensus.quorum.Incarnation;
import dev.ordinal.server.net.NodeAddress;

/**
 * A node that is connected and that the configuration does not name with this disk: it waits to be
 * added, or was removed.
 */
public record Guest(int node, Incarnation incarnation, NodeAddress address) {}
