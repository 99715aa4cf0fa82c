package dev.ordinal.simulation.explore;

import dev.ordinal.simulation.trace.Fingerprint;
import java.util.Arrays;
import java.util.List;

/**
 * A state of the whole group. A message that was sent may arrive at any later time or never, so
 * delay, loss and any order are all there; it is gone once it has arrived, unless it is to arrive
 * again.
 */
final class GroupState {
  /** How much of its {@link Scope} a group has used up. */
  private record Spent(int commands, int changes, int crashes, int repeats) {
    Spent after(Move move, boolean again) {
      return new Spent(
          commands + (move instanceof Move.Propose ? 1 : 0),
          changes + (move instanceof Move.Reconfigure ? 1 : 0),
          crashes + (move instanceof Move.Crash ? 1 : 0),
          repeats + (again ? 1 : 0));
    }
  }

  /** The state of each member, by number. */
  private final int[] members;

  /** One bit for each message that is under way. */
  private final long[] pool;

  private final Spent spent;
  private final int chain;

  private GroupState(int[] members, long[] pool, Spent spent, int chain) {
    this.members = members;
    this.pool = pool;
    this.spent = spent;
    this.chain = chain;
  }

  /** Nothing has happened. */
  GroupState(int[] members) {
    this(members.clone(), new long[0], new Spent(0, 0, 0, 0), 0);
  }

  int size() {
    return members.length;
  }

  /** The number of the state in which the member at {@code index} is. */
  int member(int index) {
    return members[index];
  }

  /** How many commands were handed in. */
  int commands() {
    return spent.commands();
  }

  /** How many changes of the members were asked for. */
  int changes() {
    return spent.changes();
  }

  /** How many processes ended. */
  int crashes() {
    return spent.crashes();
  }

  /** How many messages are or were to arrive again. */
  int repeats() {
    return spent.repeats();
  }

  /** The longest of the {@link Chains} of decided entries that anybody knew. */
  int chain() {
    return chain;
  }

  boolean isUnderWay(int message) {
    int word = message >>> 6;
    return word < pool.length && (pool[word] & (1L << message)) != 0;
  }

  boolean areUnderWay(List<Integer> messages) {
    return messages.stream().allMatch(this::isUnderWay);
  }

  /** The first message from {@code message} on that is under way; -1 if there is none. */
  int nextUnderWay(int message) {
    for (int word = message >>> 6; word < pool.length; word++) {
      long bits = pool[word];
      if (word == message >>> 6) {
        bits &= -1L << message;
      }
      if (bits != 0) {
        return (word << 6) + Long.numberOfTrailingZeros(bits);
      }
    }
    return -1;
  }

  /**
   * The member at {@code index} made {@code move}, which had {@code outcome}; if it was a message,
   * it may be one that arrives {@code again} later.
   */
  GroupState after(int index, Move move, boolean again, Members.Outcome outcome) {
    int[] changed = members.clone();
    changed[index] = outcome.next().number();
    int words = pool.length;
    for (int message : outcome.sent()) {
      words = Math.max(words, (message >>> 6) + 1);
    }
    long[] left = Arrays.copyOf(pool, words);
    if (move instanceof Move.Deliver(int message) && !again) {
      left[message >>> 6] &= ~(1L << message);
    }
    for (int message : outcome.sent()) {
      left[message >>> 6] |= 1L << message;
    }
    return new GroupState(changed, left, spent.after(move, again), chain);
  }

  /** Without the messages that can do nothing any more. */
  GroupState tidied(Members members, Envelopes envelopes) {
    for (int message = nextUnderWay(0); message >= 0; message = nextUnderWay(message + 1)) {
      Envelope envelope = envelopes.at(message);
      if (Obsolete.isObsolete(
          envelope,
          members.at(this.members[envelope.from() - 1]).view(),
          members.at(this.members[envelope.to() - 1]).view())) {
        pool[message >>> 6] &= ~(1L << message);
      }
    }
    return this;
  }

  GroupState withChain(int seen) {
    return new GroupState(members, pool, spent, seen);
  }

  /** Equal states have equal numbers; different ones practically never. */
  long fingerprint() {
    long mixed = Fingerprint.mix(commands(), changes(), crashes(), repeats(), chain);
    for (int member : members) {
      mixed = Fingerprint.mix(mixed, member);
    }
    for (int word = 0; word < pool.length; word++) {
      if (pool[word] != 0) {
        mixed = Fingerprint.mix(mixed, word, pool[word]);
      }
    }
    return mixed;
  }
}
