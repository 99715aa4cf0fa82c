package dev.ordinal.consensus.driver;

import java.util.function.Consumer;

/** Turns on a thread of their own, which waits in between. */
final class TurnThread implements Turns {
  private final Turn turn;
  private final Bell bell = new Bell();
  private final Thread thread;

  TurnThread(Turn turn, Consumer<Throwable> failed) {
    this.turn = turn;
    this.thread =
        Thread.ofPlatform()
            .name("consensus")
            .uncaughtExceptionHandler((_, failure) -> failed.accept(failure))
            .unstarted(this::loop);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void wake() {
    bell.ring();
  }

  private void loop() {
    while (!turn.isOver()) {
      if (!turn.take()) {
        bell.await(() -> turn.isIdle() && !turn.isOver(), turn.nanosUntilTick());
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    bell.ring();
    thread.join();
  }
}
