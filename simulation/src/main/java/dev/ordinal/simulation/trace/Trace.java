package dev.ordinal.simulation.trace;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Event;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a run: a rolling digest of every (time, member, event), by which two runs of one
 * seed are compared, and, if someone listens, the same as lines of text.
 */
public final class Trace {
  private final @Nullable Consumer<String> lines;
  private long digest;
  private long events;

  /** With {@code lines} null, only the digest is kept. */
  public Trace(@Nullable Consumer<String> lines) {
    this.lines = lines;
  }

  public long digest() {
    return digest;
  }

  /** How many events replicas have taken. */
  public long events() {
    return events;
  }

  /** {@code member} is about to be told of {@code event}. */
  public void event(long now, int member, Event event) {
    events++;
    digest = Fingerprint.mix(digest, now, member, Fingerprint.of(event));
    if (lines != null && !(event instanceof Event.Tick)) {
      print(now, member, Plain.of(event));
    }
  }

  /** {@code member} wants {@code effect}; told by the events already, so it is text only. */
  public void effect(long now, int member, Effect effect) {
    if (lines != null) {
      print(now, member, "    " + Plain.of(effect));
    }
  }

  /** Something happens to the surroundings of {@code member}; 0 for all of them. */
  public void surroundings(long now, int member, String what) {
    digest = Fingerprint.mix(digest, now, member, what.hashCode());
    print(now, member, "*** " + what);
  }

  private void print(long now, int member, String text) {
    if (lines != null) {
      lines.accept("%8d.%03d  %d  %s".formatted(now / 1_000, now % 1_000, member, text));
    }
  }
}
