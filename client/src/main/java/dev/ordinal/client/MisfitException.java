package dev.ordinal.client;

/** What a subscription delivered does not continue what came before. */
final class MisfitException extends Exception {
  private static final long serialVersionUID = 1L;

  MisfitException(String message) {
    super(message);
  }
}
