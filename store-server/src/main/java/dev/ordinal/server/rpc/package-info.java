/**
 * The public door: gRPC services that translate, ask the replica, and translate back. Called on
 * event loops, which never block here: what may take long goes to the read pool.
 */
@NullMarked
package dev.ordinal.server.rpc;

import org.jspecify.annotations.NullMarked;
