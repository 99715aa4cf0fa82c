package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;

/** What consensus says to a caller when it does not carry out, or need not log, what was asked. */
public sealed interface Verdict {
  /** Nothing was logged: this replica does not lead. {@code leader} is who may, 0 if unknown. */
  record NotLeader(int leader) implements Verdict {}

  /** Nothing was logged: {@code queued} commands (or reads, for a read) wait already. */
  record Overloaded(int queued) implements Verdict {}

  /** Nothing was logged: the command has {@code length} bytes, {@code lengthMax} are allowed. */
  record TooLarge(int length, int lengthMax) implements Verdict {}

  /** Leadership was lost while the command was in the log, undecided: it may still take effect. */
  record Undetermined() implements Verdict {}

  /** A read is linearizable once the state machine has applied {@code slot}. */
  record ReadableAt(long slot) implements Verdict {}

  /** The answers to {@link Event.Reconfigure} and {@link Event.TransferRequested} alone. */
  sealed interface OnMembership extends Verdict {}

  /** {@code configuration}, which was asked for, is decided and votes from now on. */
  record Reconfigured(Configuration configuration) implements OnMembership {}

  /** A dry run: {@code next} would be proposed now. */
  record Permitted(Configuration next) implements OnMembership {}

  /** Nothing was logged: {@code asked} does not follow {@code current}, which votes now. */
  record OutOfTurn(long current, long asked) implements OnMembership {}

  /** Nothing was logged: the configuration, or the leader, is being changed already. */
  record ChangeInProgress() implements OnMembership {}

  /**
   * Nothing was logged: without {@code lacking}, voters who are silent or more than a window
   * behind, the next configuration would have no quorum, or not its first leader.
   */
  record NotReady(List<Integer> lacking) implements OnMembership {
    public NotReady {
      lacking = List.copyOf(lacking);
    }
  }

  /** {@code leader} has been promised the next ballot, as was asked for. */
  record Transferred(int leader) implements OnMembership {}

  /** This replica leads on: {@code target} does not vote, or did not take over in time. */
  record NotTransferred(int target) implements OnMembership {}
}
