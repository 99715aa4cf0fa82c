package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.entry.EntryHash;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state that one member can be in. Replicas cannot be copied; they can be led to the same state
 * again, because they are pure: a state remembers the moves by which it was first reached.
 */
final class MemberState {
  private final int number;
  private final int self;
  private final Life life;
  private final @Nullable MemberState before;
  private final @Nullable Move move;
  private final ReplicaView view;
  private final List<EntryHash> decided;
  private final Platter platter;
  private final List<Move> moves;

  /** The first state of {@code life}. */
  MemberState(int number, int self, Life life, Member member) {
    this(number, self, life, member, null, null);
  }

  private MemberState(
      int number,
      int self,
      Life life,
      Member member,
      @Nullable MemberState before,
      @Nullable Move move) {
    this.number = number;
    this.self = self;
    this.life = life;
    this.before = before;
    this.move = move;
    this.view = member.view();
    this.decided = member.decided();
    this.platter = member.platter();
    this.moves = member.ownMoves();
  }

  /** The state that {@code move} leads to, where {@code member} is. */
  MemberState after(Move next, int nextNumber, Member member) {
    return new MemberState(nextNumber, self, life, member, this, next);
  }

  int number() {
    return number;
  }

  int self() {
    return self;
  }

  ReplicaView view() {
    return view;
  }

  List<EntryHash> decided() {
    return decided;
  }

  Platter platter() {
    return platter;
  }

  /** What can happen here besides messages, commands and the end of the process. */
  List<Move> moves() {
    return moves;
  }

  /** A replica in this state. */
  Member rebuild(Scope scope, Envelopes envelopes) {
    ArrayDeque<Move> path = new ArrayDeque<>();
    for (MemberState state = this; state.before != null; state = state.before) {
      if (state.move != null) {
        path.addFirst(state.move);
      }
    }
    Member member = new Member(scope, self, life, envelopes);
    path.forEach(member::perform);
    return member;
  }
}
