package dev.ordinal.consensus.core;

/** How much of something there may be: pieces, and their bytes. */
public record Bounds(int countMax, long bytesMax) {
  public Bounds {
    if (countMax < 1 || bytesMax < 1) {
      throw new IllegalArgumentException(
          "bounds must be positive, were %d and %d bytes".formatted(countMax, bytesMax));
    }
  }

  boolean admit(int count, long bytes) {
    return count <= countMax && bytes <= bytesMax;
  }
}
