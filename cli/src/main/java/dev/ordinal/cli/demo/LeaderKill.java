package dev.ordinal.cli.demo;

import dev.ordinal.local.LocalCluster;
import dev.ordinal.local.ReplicaProcess;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Kills the leader's process when half of the tasks are settled, and starts it again. */
final class LeaderKill implements AutoCloseable {
  private static final long LOOK_MILLIS = 5;
  private static final long DEAD_MILLIS = 3_000;

  private final Thread thread;

  LeaderKill(
      LocalCluster cluster, LeaderWatch leaders, Progress progress, long half, PrintStream say) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("leader-kill")
            .unstarted(() -> run(cluster, leaders, progress, half, say));
  }

  /** From now on it will happen. */
  void arm() {
    thread.start();
  }

  /** Waits until the killed replica is started again; if none was killed yet, none will be. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(
      LocalCluster cluster, LeaderWatch leaders, Progress progress, long half, PrintStream say) {
    try {
      while (progress.settled() < half || leaders.leader() == 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException nothingToKill) {
      return;
    }
    ReplicaProcess leader = cluster.replica(leaders.leader());
    leader.kill();
    say.printf("%nkilled the leader, node %d, with SIGKILL%n", leader.node());
    boolean interrupted = false;
    try {
      TimeUnit.MILLISECONDS.sleep(DEAD_MILLIS);
    } catch (InterruptedException runIsOver) {
      interrupted = true;
    }
    leader.start();
    say.printf("%nstarted node %d again%n", leader.node());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
