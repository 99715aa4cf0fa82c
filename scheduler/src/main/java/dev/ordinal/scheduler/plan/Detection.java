package dev.ordinal.scheduler.plan;

/** What makes two placements conflict. */
public enum Detection {
  /** A resource of a node would be overcommitted: bounded counters, no versions. */
  RESOURCE,
  /** The node got another placement since it was looked at: its version. */
  NODE,
  /** Anything at all was committed since the cluster was looked at: the journal's strict mode. */
  JOURNAL;

  /**
   * The detection that people call so.
   *
   * @param name {@code resource}, {@code node} or {@code journal}
   * @throws IllegalArgumentException if it is none of these
   */
  public static Detection named(String name) {
    return switch (name) {
      case "resource" -> RESOURCE;
      case "node" -> NODE;
      case "journal" -> JOURNAL;
      default ->
          throw new IllegalArgumentException(
              "unknown detection %s: use resource, node or journal".formatted(name));
    };
  }
}
