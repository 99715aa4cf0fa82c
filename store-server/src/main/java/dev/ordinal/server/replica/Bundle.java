package dev.ordinal.server.replica;

/** Outcomes of one connection that leave together. */
@FunctionalInterface
public interface Bundle {
  /** Nothing to send: the outcome left by itself. */
  Bundle NONE = () -> {};

  /** Sends what was gathered; called once or more after outcomes were added. */
  void send();
}
