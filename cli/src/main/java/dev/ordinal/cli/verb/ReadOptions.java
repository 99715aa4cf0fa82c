package dev.ordinal.cli.verb;

import dev.ordinal.client.Consistency;
import dev.ordinal.client.OrderId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which order ID a verb reads at. */
final class ReadOptions {
  @Option(
      names = "--at",
      paramLabel = "ORDER",
      description = "Read at this order ID. Default: not older than any acknowledged commit.")
  private @Nullable Long at;

  @Option(
      names = "--latest",
      description = "Read what the first replica that answers has applied; may be stale.")
  private boolean latest;

  /** Throws {@link IllegalArgumentException} if both were given. */
  Consistency consistency() {
    if (at != null) {
      if (latest) {
        throw new IllegalArgumentException("give --at or --latest, not both");
      }
      return Consistency.at(OrderId.of(at));
    }
    return latest ? Consistency.latest() : Consistency.linearizable();
  }
}
