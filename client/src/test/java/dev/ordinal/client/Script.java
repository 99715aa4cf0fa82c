package dev.ordinal.client;

import dev.ordinal.proto.store.v1.LeaderHint;
import dev.ordinal.proto.store.v1.NotAccepted;
import dev.ordinal.proto.store.v1.TaggedOutcome;
import dev.ordinal.proto.store.v1.TaggedTransaction;
import dev.ordinal.proto.store.v1.Undetermined;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a replica does with the transactions that reach it, one step each. */
interface Script {
  Step next(ScriptedStore replica, TaggedTransaction transaction);

  /** What is done with one transaction. */
  interface Step {
    /** Adds what is answered; false breaks the stream. */
    boolean act(ModelJournal journal, TaggedTransaction transaction, List<TaggedOutcome> answers);
  }

  /** These steps for the first transactions, and honest answers for the rest. */
  static Script first(Step... steps) {
    Queue<Step> left = new ConcurrentLinkedQueue<>(List.of(steps));
    return (replica, transaction) -> {
      Step step = left.poll();
      return step == null ? answer() : step;
    };
  }

  static Script answerAll() {
    return (replica, transaction) -> answer();
  }

  static Script always(Step step) {
    return (replica, transaction) -> step;
  }

  static Step answer() {
    return (journal, transaction, answers) ->
        answers.add(outcome(transaction, journal.commit(transaction.getTransaction())));
  }

  static Step answerTwice() {
    return (journal, transaction, answers) -> {
      TaggedOutcome answer = outcome(transaction, journal.commit(transaction.getTransaction()));
      return answers.addAll(List.of(answer, answer));
    };
  }

  /** It takes effect, and the stream breaks before the reply. */
  static Step commitAndDrop() {
    return (journal, transaction, answers) -> {
      journal.commit(transaction.getTransaction());
      return false;
    };
  }

  /** The stream breaks before anything happens. */
  static Step drop() {
    return (journal, transaction, answers) -> false;
  }

  /** It takes effect, and no reply is ever sent. */
  static Step commitInSilence() {
    return (journal, transaction, answers) -> {
      journal.commit(transaction.getTransaction());
      return true;
    };
  }

  /** Nothing happens, and no reply is ever sent. */
  static Step silence() {
    return (journal, transaction, answers) -> true;
  }

  /** It takes effect, but the replica lost its leadership before it knew. */
  static Step commitUndetermined() {
    return (journal, transaction, answers) -> {
      journal.commit(transaction.getTransaction());
      return undetermined().act(journal, transaction, answers);
    };
  }

  static Step undetermined() {
    return (journal, transaction, answers) ->
        answers.add(
            TaggedOutcome.newBuilder()
                .setTag(transaction.getTag())
                .setUndetermined(Undetermined.getDefaultInstance())
                .build());
  }

  /** Another replica leads, or with an empty address none. */
  static Step notLeader(String leader) {
    return notAccepted(
        NotAccepted.newBuilder()
            .setReason(NotAccepted.Reason.NOT_LEADER)
            .setLeader(LeaderHint.newBuilder().setAddress(leader))
            .build());
  }

  static Step overloaded() {
    return notAccepted(
        NotAccepted.newBuilder()
            .setReason(NotAccepted.Reason.OVERLOADED)
            .setRetryAfterMillis(1)
            .build());
  }

  static Step invalid(String message) {
    return notAccepted(
        NotAccepted.newBuilder().setReason(NotAccepted.Reason.INVALID).setMessage(message).build());
  }

  private static Step notAccepted(NotAccepted reply) {
    return (journal, transaction, answers) ->
        answers.add(
            TaggedOutcome.newBuilder().setTag(transaction.getTag()).setNotAccepted(reply).build());
  }

  private static TaggedOutcome outcome(
      TaggedTransaction transaction, dev.ordinal.proto.store.v1.Outcome outcome) {
    return TaggedOutcome.newBuilder().setTag(transaction.getTag()).setOutcome(outcome).build();
  }
}
