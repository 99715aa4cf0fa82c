package dev.ordinal.consensus.log;

import dev.ordinal.consensus.core.Image;

/** What opening a log found. Only a log that may vote comes with an image. */
public sealed interface Opened {
  /** Nothing is known to be missing. */
  record Clean(LogStore log, Image image) implements Opened {}

  /**
   * The write of {@code group} was cut off by the end of the process or of the power. It was never
   * acknowledged, so nothing is lost and the node may vote.
   */
  record Torn(LogStore log, Image image, long group) implements Opened {}

  /**
   * Something that was durable is gone or changed: votes may be forgotten, so the node must not
   * vote with this directory again. {@code reason} says what is missing and what to do.
   */
  record Damaged(String reason) implements Opened {}
}
