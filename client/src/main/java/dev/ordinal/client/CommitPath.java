package dev.ordinal.client;

import java.time.Duration;
import java.util.List;

/** A way to send transactions to one replica. Belongs to the loop. */
interface CommitPath {
  /**
   * Without an answer for so long: longer than a change of leaders takes, shorter than people wait.
   */
  Duration STALL = Duration.ofSeconds(3);

  String address();

  /** Connects. It may end while this runs, so whoever calls it must know it already. */
  void start();

  /** How many transactions may be sent now; 0 for none, then {@link Events#onRoom} follows. */
  int room();

  /** How many were sent and are not answered. */
  int underWay();

  /** Sends them, at most {@link #room} of them; each is answered once. */
  void send(List<PendingCommit> batch);

  /** Whether an answer or the connection is waited for, for so long that it will not come. */
  boolean isStalled(long nowNanos);

  /** Ends it; what is unanswered is answered as lost, and nothing more is said. */
  void abandon(String reason);

  /** What a path says, on the loop. */
  interface Events {
    void onAnswer(CommitPath path, PendingCommit commit, CommitAnswer answer);

    /** The answers that came together are all told. */
    void onAnswersEnd();

    void onRoom();

    /** The path is of no use any more; what was unanswered has been answered as lost. */
    void onEnd(CommitPath path);
  }
}
