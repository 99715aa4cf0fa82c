package dev.ordinal.cli;

import java.util.List;

/** Where a verb looks for the store unless {@code --addresses} says so. */
public final class StoreAddresses {
  /** An environment variable: {@code HOST:PORT,…}. */
  public static final String VARIABLE = "ORDINAL_ADDRESSES";

  /** What {@code ordinal up} listens on unless it is told otherwise. */
  public static final String OF_UP = "127.0.0.1:7411,127.0.0.1:7412,127.0.0.1:7413";

  private StoreAddresses() {}

  /** What to do when none of {@code asked} could serve. */
  public static String advice(List<String> asked) {
    return "asked %s; './ordinal up' starts a store, --addresses or %s names another"
        .formatted(String.join(", ", asked), VARIABLE);
  }
}
