package dev.ordinal.scheduler.placement;

import dev.ordinal.scheduler.cluster.DeviceSet;

/**
 * Of the nodes that were offered the one with the least score; of equals the one with the lowest
 * position. Reused from one decision to the next, so that a probe allocates nothing.
 */
final class Best {
  private static final int NONE = -1;

  private int position = NONE;
  private long score;
  private long deviceMask;

  /** Forgets what was offered. */
  void reset() {
    position = NONE;
  }

  void offer(long offered, int offeredPosition, long offeredDevices) {
    if (position == NONE || offered < score || (offered == score && offeredPosition < position)) {
      position = offeredPosition;
      score = offered;
      deviceMask = offeredDevices;
    }
  }

  boolean isFound() {
    return position != NONE;
  }

  /** Only if one {@link #isFound}. */
  int position() {
    return position;
  }

  /** What the demand would take there. */
  DeviceSet devices() {
    return new DeviceSet(deviceMask);
  }
}
