package dev.ordinal.client;

import java.util.List;

/**
 * What became of a transaction. On Java 21 and later a {@code switch} over it needs no default; on
 * Java 17 {@link #match} does the same.
 *
 * <p>Only {@link Committed} took effect; {@link Unknown} may have, or may still; all others did not
 * and will not.
 */
public sealed interface Outcome {
  /** Calls the case's own method, and returns what it returns. */
  <R> R match(Cases<R> cases);

  default boolean isCommitted() {
    return this instanceof Committed;
  }

  /**
   * This outcome if the transaction took effect.
   *
   * @throws NotCommittedException otherwise, with the outcome
   */
  default Committed orThrow() {
    if (this instanceof Committed committed) {
      return committed;
    }
    throw new NotCommittedException(this);
  }

  /** It took effect at {@code order}; {@code groups} in the order of the transaction's. */
  record Committed(OrderId order, List<GroupOutcome> groups) implements Outcome {
    public Committed {
      groups = List.copyOf(groups);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.committed(this);
    }
  }

  /**
   * Fewer groups were accepted than its policy asks for, and nothing took effect.
   *
   * @param groups in the order of the transaction's groups; sent as a call of its own ({@link
   *     ClientBuilder#unary}) only the refused ones, at most 16
   * @param currentOrder the last order ID when it was judged
   */
  record Refused(List<GroupOutcome> groups, OrderId currentOrder) implements Outcome {
    public Refused {
      groups = List.copyOf(groups);
    }

    public List<Refusal> refusals() {
      return groups.stream()
          .filter(GroupOutcome.Refused.class::isInstance)
          .map(group -> ((GroupOutcome.Refused) group).refusal())
          .toList();
    }

    /** Whether something that was read has changed, so that reading and trying again can help. */
    public boolean isConflict() {
      return refusals().stream().anyMatch(Refusal::isConflict);
    }

    /** The highest order ID that beat it: a retry must read at this one or later. */
    public OrderId beatenAt() {
      return refusals().stream().map(Refusal::order).reduce(OrderId.NONE, OrderId::max);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** Its snapshot is older than {@code horizon}, the oldest still judged; read again. */
  record TooOld(OrderId horizon, OrderId currentOrder) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tooOld(this);
    }
  }

  /** Its snapshot lies beyond the last order ID, or belongs to another history than the store's. */
  record OutOfRange(OrderId currentOrder, HistoryId history) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.outOfRange(this);
    }
  }

  /** It breaks a rule or a limit, and was not judged. */
  record Invalid(String reason) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.invalid(this);
    }
  }

  /** It never entered the store's log before its deadline: no leader, overload, or closed. */
  record NotAccepted(String reason) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notAccepted(this);
    }
  }

  /**
   * It was sent, and no answer is known: it may have taken effect, or may still. Ask with {@link
   * OrdinalClient#queryOutcome}, or read and decide; do not simply commit it again.
   *
   * @param session 0 if it was sent without a session, then nobody can tell
   */
  record Unknown(long session, long sequence, String reason) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unknown(this);
    }
  }

  /** One method for each outcome. */
  interface Cases<R> {
    R committed(Committed outcome);

    R refused(Refused outcome);

    R tooOld(TooOld outcome);

    R outOfRange(OutOfRange outcome);

    R invalid(Invalid outcome);

    R notAccepted(NotAccepted outcome);

    R unknown(Unknown outcome);
  }
}
