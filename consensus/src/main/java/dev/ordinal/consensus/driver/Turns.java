package dev.ordinal.consensus.driver;

/** Lets a driver take its turns, one after the other, whenever there is something to do. */
interface Turns {
  /** What a driver does when it has the word. Called on one thread. */
  interface Turn {
    /** Takes what waits, and answers true; answers false if nothing does. */
    boolean take();

    /** Whether {@link #take} would find nothing but a tick. */
    boolean isIdle();

    long nanosUntilTick();

    /** Whether the driver has been closed, or failed: no turn is taken any more. */
    boolean isOver();
  }

  void start();

  /** Something may wait. Safe from any thread. */
  void wake();

  /** Returns when the last turn has ended, and what it deferred. {@link Turn#isOver} by now. */
  void close() throws InterruptedException;
}
