package dev.ordinal.consensus.driver;

/** What stands in for the log where it is cut. Called on the thread of the driver; never blocks. */
public interface Snapshots {
  /**
   * The slot through which this process needs no log any more: its state survives a crash without,
   * and so do the snapshots that are under way from here.
   */
  long droppable();

  /**
   * The log of {@code from} begins behind {@code slot}, which this replica has not reached: a
   * snapshot from there is needed. Said again while that is so.
   */
  void fetch(int from, long slot);
}
