package dev.ordinal.consensus.core;

/** What a replica does, with all that exists only while it does that. */
sealed interface Role {
  /** {@code leader} is 0 if none is known. */
  record Following(int leader) implements Role {}

  /** Asks whether a campaign would be welcome. */
  record Asking(Probing probing) implements Role {}

  record Campaigning(Candidacy candidacy) implements Role {}

  record Leading(Proposer proposer) implements Role {}
}
