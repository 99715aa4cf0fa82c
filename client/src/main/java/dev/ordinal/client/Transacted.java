package dev.ordinal.client;

import org.jspecify.annotations.Nullable;

/**
 * How a {@link OrdinalClient#transact} ended.
 *
 * @param value what the body returned in its last attempt
 * @param outcome what became of the last attempt; earlier ones took no effect
 * @param attempts how often the body ran, at least 1
 */
public record Transacted<T extends @Nullable Object>(T value, Outcome outcome, int attempts) {
  /**
   * The body's value if its transaction took effect.
   *
   * @throws NotCommittedException otherwise
   */
  public T orThrow() {
    outcome.orThrow();
    return value;
  }
}
