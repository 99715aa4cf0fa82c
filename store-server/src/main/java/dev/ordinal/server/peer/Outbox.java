package dev.ordinal.server.peer;

import dev.ordinal.proto.peer.v1.PeerFrame;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Frames that wait for one peer, bounded: what does not fit is dropped, consensus will repeat. */
final class Outbox {
  static final int FRAMES_MAX = 64;
  static final long BYTES_MAX = 8L << 20;

  private final Queue<PeerFrame> frames = new ArrayDeque<>(FRAMES_MAX);
  private long bytes;

  /** A frame that is too large by itself is taken when nothing else waits. */
  boolean offer(PeerFrame frame) {
    int size = frame.getSerializedSize();
    boolean fits = frames.size() < FRAMES_MAX && bytes + size <= BYTES_MAX;
    if (!fits && !frames.isEmpty()) {
      return false;
    }
    bytes += size;
    return frames.add(frame);
  }

  @Nullable PeerFrame poll() {
    PeerFrame frame = frames.poll();
    if (frame != null) {
      bytes -= frame.getSerializedSize();
    }
    return frame;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  void clear() {
    frames.clear();
    bytes = 0;
  }
}
