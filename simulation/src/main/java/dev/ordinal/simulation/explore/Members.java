package dev.ordinal.simulation.explore;

import dev.ordinal.simulation.trace.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states that members can be in, and how one leads to another. A group of three has many more
 * states than its members have, so each step of a member is taken once and looked up after that.
 */
final class Members {
  /**
   * What a move leads to.
   *
   * @param sent the messages that leave, by number
   */
  record Outcome(MemberState next, List<Integer> sent) {
    Outcome {
      sent = List.copyOf(sent);
    }
  }

  private record Step(int state, Move move) {}

  private final Scope scope;
  private final Envelopes envelopes;
  private final List<MemberState> states = new ArrayList<>();
  private final Map<Long, MemberState> byFingerprint = new HashMap<>();
  private final Map<Step, Outcome> outcomes = new HashMap<>();

  /** A replica that is in {@link #readyState}; most moves leave it there. */
  private @Nullable Member ready;

  private int readyState = -1;

  Members(Scope scope, Envelopes envelopes) {
    this.scope = scope;
    this.envelopes = envelopes;
  }

  int count() {
    return states.size();
  }

  int steps() {
    return outcomes.size();
  }

  MemberState at(int number) {
    return states.get(number);
  }

  /** The state of a process that starts from {@code life}. */
  MemberState start(int self, Life life) {
    Member member = new Member(scope, self, life, envelopes);
    return intern(member, new MemberState(states.size(), self, life, member));
  }

  /** What {@code move} leads to from {@code state}. */
  Outcome step(MemberState state, Move move) {
    Step step = new Step(state.number(), move);
    Outcome known = outcomes.get(step);
    if (known == null) {
      known = move instanceof Move.Crash crash ? crash(state, crash) : take(state, move);
      outcomes.put(step, known);
    }
    return known;
  }

  private Outcome take(MemberState state, Move move) {
    Member member = ready;
    if (member == null || readyState != state.number()) {
      member = state.rebuild(scope, envelopes);
    }
    ready = null;
    List<Integer> sent = member.perform(move);
    MemberState next = intern(member, state.after(move, states.size(), member));
    if (next == state) {
      ready = member;
      readyState = state.number();
    }
    return new Outcome(next, sent);
  }

  private Outcome crash(MemberState state, Move.Crash crash) {
    Life life = state.rebuild(scope, envelopes).lifeAfter(crash.written());
    return new Outcome(start(state.self(), life), List.of());
  }

  private MemberState intern(Member member, MemberState reached) {
    long fingerprint = Fingerprint.mix(reached.self(), member.fingerprint());
    MemberState known = byFingerprint.putIfAbsent(fingerprint, reached);
    if (known != null) {
      return known;
    }
    states.add(reached);
    return reached;
  }
}
