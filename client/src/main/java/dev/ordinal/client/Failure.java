package dev.ordinal.client;

import org.jspecify.annotations.Nullable;

/**
 * Why a call got no answer, by what can be done about it.
 *
 * @param leader host:port of the replica that leads or knows more, if the failure named it
 * @param retryAfterMillis not sooner than that; 0 for no wish
 */
record Failure(
    Remedy remedy, OrdinalException cause, @Nullable String leader, long retryAfterMillis) {

  enum Remedy {
    /** Another replica leads, or none: nothing was done here. */
    ASK_THE_LEADER,
    /** This replica cannot serve it, or is not there any more. */
    ASK_ANOTHER,
    /** This replica has not applied enough, and cannot tell whether there is more. */
    ASK_WHO_IS_AHEAD,
    /** Nothing was done, there is too much else to do. */
    WAIT,
    /** The same call will fail the same way everywhere. */
    NONE
  }
}
