package dev.ordinal.scheduler.placement;

/**
 * The best few of the nodes that were offered, least score first; of equals the lowest position
 * first. Reused from one decision to the next, so that a probe allocates nothing.
 */
final class Ranking {
  private long[] scores = new long[1];
  private int[] positions = new int[1];
  private long[] devices = new long[1];
  private int sizeMax;
  private int size;

  /** Forgets what was offered. */
  void reset(int sizeMax) {
    if (scores.length < sizeMax) {
      scores = new long[sizeMax];
      positions = new int[sizeMax];
      devices = new long[sizeMax];
    }
    this.sizeMax = sizeMax;
    this.size = 0;
  }

  void offer(long score, int position, long deviceMask) {
    if (size == sizeMax && !precedes(score, position, size - 1)) {
      return;
    }
    int at = size < sizeMax ? size++ : size - 1;
    while (at > 0 && precedes(score, position, at - 1)) {
      scores[at] = scores[at - 1];
      positions[at] = positions[at - 1];
      devices[at] = devices[at - 1];
      at--;
    }
    scores[at] = score;
    positions[at] = position;
    devices[at] = deviceMask;
  }

  int size() {
    return size;
  }

  int position(int rank) {
    return positions[rank];
  }

  DeviceSet devices(int rank) {
    return new DeviceSet(devices[rank]);
  }

  private boolean precedes(long score, int position, int rank) {
    return score < scores[rank] || (score == scores[rank] && position < positions[rank]);
  }
}
