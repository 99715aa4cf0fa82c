package dev.ordinal.client;

import java.util.List;

/** What a {@link Mirror} tells its listeners, in order. */
public sealed interface MirrorEvent {
  /** The mirror right after the event. */
  Mirror.View view();

  /** Everything was read anew: at the start, and when the store no longer had what was missed. */
  record Loaded(Mirror.View view) implements MirrorEvent {}

  /** One transaction changed rows of the mirror, at {@code view.order()}. */
  record Changed(Mirror.View view, List<Change> changes) implements MirrorEvent {
    public Changed {
      changes = List.copyOf(changes);
    }
  }
}
