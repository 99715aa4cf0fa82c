/**
 * How replicas reach each other: consensus messages as protobuf over gRPC streams, one connection a
 * lane. Messages may be lost here, never forged, reordered within a lane, or taken from another
 * cluster.
 */
@NullMarked
package dev.ordinal.server.peer;

import org.jspecify.annotations.NullMarked;
