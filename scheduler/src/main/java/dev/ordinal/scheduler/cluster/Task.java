package dev.ordinal.scheduler.cluster;

/**
 * Something to be placed.
 *
 * @param name unique among the tasks of a workload
 */
public record Task(String name, Request request) {
  public Task {
    Check.argument(!name.isEmpty(), "a task needs a name");
  }
}
