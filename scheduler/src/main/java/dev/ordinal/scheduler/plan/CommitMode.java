package dev.ordinal.scheduler.plan;

/** What becomes of a transaction's other tasks when one of them cannot be placed. */
public enum CommitMode {
  /** They are placed. */
  INCREMENTAL,
  /** None is. */
  GANG;

  /**
   * The mode that people call so.
   *
   * @param name {@code incremental} or {@code gang}
   * @throws IllegalArgumentException if it is neither
   */
  public static CommitMode named(String name) {
    return switch (name) {
      case "incremental" -> INCREMENTAL;
      case "gang" -> GANG;
      default ->
          throw new IllegalArgumentException(
              "unknown commit mode %s: use incremental or gang".formatted(name));
    };
  }
}
