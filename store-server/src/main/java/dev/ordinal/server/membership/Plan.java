package dev.ordinal.server.membership;

import dev.ordinal.consensus.quorum.Configuration;

/** What a {@link Change} comes to. */
public sealed interface Plan {
  /** To be decided as a stop-sign, if consensus finds a quorum of it at hand. */
  record Next(Configuration configuration) implements Plan {}

  /** Nothing to do: somebody asked before, or a reply was lost. */
  record AlreadySo(String why) implements Plan {}

  /** It cannot be; {@code message} says why, and what to do. */
  record Refused(Reason reason, String message) implements Plan {}

  /** Kinds of refusals, for programs. */
  enum Reason {
    /** The node has not said hello to the leader, so its disk and address are not known. */
    NODE_NOT_CONNECTED,
    NOT_A_MEMBER,
    /** The node is a member in another role than the change starts from. */
    WRONG_ROLE,
    /** Another disk than the member's waits under its number. */
    OTHER_DISK,
    /** It would count as a voter, and has not caught up. */
    NODE_NOT_READY,
    /** Somebody must vote. */
    LAST_VOTER,
    TOO_MANY_MEMBERS
  }
}
