package dev.ordinal.consensus.core;

import org.jspecify.annotations.Nullable;

/** What a replica does now; each role has what it needs and nothing else. */
sealed interface Role {
  /** Stands for no member. */
  int NOBODY = 0;

  /** {@code leader} is 0 if none is known. */
  record Following(int leader) implements Role {}

  /** Asks whether a campaign would be welcome. */
  record Asking(Probing probing) implements Role {}

  record Campaigning(Candidacy candidacy) implements Role {}

  /**
   * Is the first leader of a configuration, once {@code group}, by which that began, is durable: a
   * process that only reads it from its disk could have led before.
   */
  record Starting(Proposer proposer, long group) implements Role {}

  record Leading(Proposer proposer) implements Role {}

  /** Who takes what clients ask for; null if this replica does not lead, nor is about to. */
  default @Nullable Proposer proposer() {
    return switch (this) {
      case Starting(Proposer proposer, long _) -> proposer;
      case Leading(Proposer proposer) -> proposer;
      case Following _, Asking _, Campaigning _ -> null;
    };
  }

  /** The known leader from the point of view of {@code self}; 0 if there is none. */
  default int leader(int self) {
    return switch (this) {
      case Following(int leader) -> leader;
      case Leading _ -> self;
      case Asking _, Campaigning _, Starting _ -> NOBODY;
    };
  }

  default ReplicaView.Role shown() {
    return switch (this) {
      case Following _ -> ReplicaView.Role.FOLLOWER;
      case Asking _, Campaigning _, Starting _ -> ReplicaView.Role.CANDIDATE;
      case Leading _ -> ReplicaView.Role.LEADER;
    };
  }
}
