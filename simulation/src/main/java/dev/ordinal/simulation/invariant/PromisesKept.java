package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.entry.EntryHash;
import java.util.Map;
import java.util.TreeMap;

/**
 * I5: what a member has told others it holds to, across restarts. It never goes below a ballot it
 * has promised; and a log it has acknowledged shrinks only where decided entries differ (rule R6).
 */
final class PromisesKept implements Invariant {
  private static final String NAME = "I5 promises are kept";

  private record Acknowledged(Ballot ballot, long through) {
    Acknowledged with(Ballot other, long verified) {
      int order = other.compareTo(ballot);
      if (order < 0) {
        return this;
      }
      return new Acknowledged(other, order == 0 ? Math.max(through, verified) : verified);
    }
  }

  private final Proposals proposals;
  private final Map<Integer, Ballot> promised = new TreeMap<>();
  private final Map<Integer, Acknowledged> acknowledged = new TreeMap<>();

  PromisesKept(Proposals proposals) {
    this.proposals = proposals;
  }

  @Override
  public void onLeave(int member, Message message) {
    switch (message) {
      case Message.Prepare prepare -> promise(member, prepare.ballot());
      case Message.Promise promise -> promise(member, promise.ballot());
      case Message.Accepted accepted -> {
        promise(member, accepted.ballot());
        acknowledge(member, accepted.ballot(), accepted.verified());
      }
      case Message.HeartbeatReply reply -> {
        if (reply.verified() >= 0) {
          acknowledge(member, reply.ballot(), reply.verified());
        }
      }
      case Message.Probe _,
          Message.ProbeReply _,
          Message.Reject _,
          Message.Sync _,
          Message.Accept _,
          Message.Commit _,
          Message.Heartbeat _,
          Message.Want _,
          Message.CatchUp _,
          Message.Behind _,
          Message.Transfer _,
          Message.Resigned _ -> {}
    }
  }

  private void promise(int member, Ballot ballot) {
    promised.merge(member, ballot, (old, next) -> next.compareTo(old) > 0 ? next : old);
  }

  private void acknowledge(int member, Ballot ballot, long verified) {
    Acknowledged before = acknowledged.getOrDefault(member, new Acknowledged(Ballot.NONE, 0));
    acknowledged.put(member, before.with(ballot, verified));
  }

  @Override
  public void onStart(int member, Image image) {
    requireKept(member, image.promised());
  }

  @Override
  public void onStep(Step step) {
    requireKept(step.member(), step.view().promised());
  }

  private void requireKept(int member, Ballot now) {
    Ballot told = promised.get(member);
    if (told != null && now.compareTo(told) < 0) {
      throw new Violation(
          NAME, "member %d promised %s and now holds %s".formatted(member, told, now));
    }
  }

  @Override
  public void onDurable(int member, DiskFacts disk) {
    Acknowledged told = acknowledged.get(member);
    if (told == null || !disk.accepted().equals(told.ballot())) {
      return;
    }
    if (disk.length() < told.through() && isPrefix(told.ballot(), disk)) {
      throw new Violation(
          NAME,
          "member %d acknowledged %s and now has %d entries"
              .formatted(member, told, disk.length()));
    }
  }

  /** Whether all that {@code disk} has is what {@code ballot} proposed. */
  private boolean isPrefix(Ballot ballot, DiskFacts disk) {
    EntryHash proposed = proposals.hashThrough(ballot, disk.length());
    return proposed == null || disk.holds(disk.length(), proposed);
  }
}
