/**
 * The production shell of the core: threads, time, group commit and tickets. It decides nothing
 * about the protocol; {@link dev.ordinal.consensus.driver.ReplicaDriver} is the way in.
 */
@NullMarked
package dev.ordinal.consensus.driver;

import org.jspecify.annotations.NullMarked;
