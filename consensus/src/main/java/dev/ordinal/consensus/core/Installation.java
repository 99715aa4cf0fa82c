package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Rule R11: what has to be done, before a replica starts, with a snapshot that lies complete,
 * verified and durable beside its log. Asked again after each step, whatever ended the process in
 * between, it comes to the end; log and state never belong to different snapshots.
 */
public sealed interface Installation {
  /** The log is past it: the snapshot can go. */
  record Needless() implements Installation {}

  /** First the log, in one group: it begins behind the snapshot from now on. Ballots never fall. */
  record LogFirst(List<Change> changes) implements Installation {
    public LogFirst {
      changes = List.copyOf(changes);
    }
  }

  /** The log begins behind the snapshot: now the state gives way to it. */
  record StateNext() implements Installation {}

  /**
   * What comes next.
   *
   * @param image what the log holds now
   * @param snapshot the last slot in the snapshot, with the hash of the log through it
   * @param stretch who votes behind the snapshot
   */
  static Installation of(Image image, LogPoint snapshot, Stretch stretch) {
    if (image.extent().base().equals(snapshot)) {
      return new StateNext();
    }
    if (image.decided() >= snapshot.slot()) {
      return new Needless();
    }
    List<Change> changes = new ArrayList<>();
    long length = image.decided() + image.tail().size();
    if (length >= snapshot.slot() && !holds(image, snapshot)) {
      changes.add(new Change.TruncateFrom(image.decided() + 1));
    }
    changes.add(new Change.RaiseBase(snapshot));
    if (stretch.isAfter(image.stretch())) {
      changes.add(new Change.SetStretch(stretch));
      changes.add(atLeast(stretch.firstBallot(), image));
    }
    return new LogFirst(changes);
  }

  /** The ballots of a node that would have learned of the configuration by its stop-sign. */
  private static Change atLeast(Ballot first, Image image) {
    Ballot promised = image.promised().compareTo(first) >= 0 ? image.promised() : first;
    Ballot accepted = image.accepted().compareTo(first) >= 0 ? image.accepted() : first;
    return new Change.SetBallots(promised, accepted);
  }

  /** Accepted entries behind the snapshot stay only if they continue it. */
  private static boolean holds(Image image, LogPoint snapshot) {
    long index = snapshot.slot() - image.decided() - 1;
    LoggedEntry logged = image.tail().get(Math.toIntExact(index));
    return logged.hash().equals(snapshot.hash());
  }
}
