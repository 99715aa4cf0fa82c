package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.Stretch;

/**
 * I23: what counts as a vote comes from the very disk that the configuration names as a voter's: no
 * learner, no removed node, and no disk that came in the place of one that was lost.
 */
final class OnlyVotersVote implements Invariant {
  private static final String NAME = "I23 only voters vote";

  private final Configurations configurations;

  OnlyVotersVote(Configurations configurations) {
    this.configurations = configurations;
  }

  @Override
  public void onLeave(int member, Message message) {
    boolean vote =
        switch (message) {
          case Message.Probe _,
              Message.ProbeReply _,
              Message.Prepare _,
              Message.Promise _,
              Message.Reject _,
              Message.Sync _,
              Message.Accept _,
              Message.Accepted _,
              Message.Commit _,
              Message.Heartbeat _,
              Message.HeartbeatReply _,
              Message.Transfer _,
              Message.Resigned _ ->
              true;
          case Message.Report _, Message.Want _, Message.CatchUp _, Message.Closed _ -> false;
        };
    if (!vote) {
      return;
    }
    Stretch stretch = configurations.numbered(message.configuration());
    if (stretch == null || !Configurations.votes(stretch.configuration(), member)) {
      throw new Violation(
          NAME, "disk %d says %s in configuration %s".formatted(member, message, stretch));
    }
  }
}
