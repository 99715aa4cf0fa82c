package dev.ordinal.server.peer;

import dev.ordinal.consensus.core.Message;

/** Where messages of peers go. Called by event loops: it must not block. */
public interface PeerInbox {
  void received(int from, Message message);

  /** The connection to {@code peer} broke: a hint that its process ended, never a proof. */
  void lost(int peer);
}
