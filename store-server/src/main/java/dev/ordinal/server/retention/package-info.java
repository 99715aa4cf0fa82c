/**
 * Who moves the floor: the leader proposes what the policy asks for. What a proposal does is
 * decided where it is applied.
 */
@NullMarked
package dev.ordinal.server.retention;

import org.jspecify.annotations.NullMarked;
