package dev.ordinal.consensus.driver;

/** Needs the log for ever, so nobody is ever left without it. */
final class WholeLog implements Snapshots {
  @Override
  public long droppable() {
    return 0;
  }

  @Override
  public void fetch(int from, long slot) {
    throw new IllegalStateException("member %d has no slot %d any more".formatted(from, slot));
  }
}
