package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Those who learn from a leader without a vote: learners, and guests under the number of a member.
 * They pull decided entries. Whoever has asked for what is not decided yet is answered as soon as
 * it is, so that one page is under way to each at most and its own disk sets the pace.
 */
final class Audience {
  private static final long NOTHING = -1;

  private static final class Seat {
    private @Nullable Incarnation incarnation;
    private long decided = Acceptor.UNVERIFIED;
    private long applied;
    private long reportTick;

    /** Asks for what comes after this slot. */
    private long asksAfter = NOTHING;
  }

  private final Local local;
  private final Acceptor acceptor;
  private final Configuration configuration;
  private final Map<Integer, Seat> seats = new TreeMap<>();

  Audience(Local local, Acceptor acceptor) {
    this.local = local;
    this.acceptor = acceptor;
    this.configuration = local.configuration();
    for (int node : configuration.nodes()) {
      Seat seat = new Seat();
      seat.reportTick = local.ticks().now();
      seats.put(node, seat);
    }
  }

  /** Those who hear the leader without being voters, ascending. */
  List<Integer> learners() {
    return seats.keySet().stream().filter(node -> !configuration.isVoter(node)).toList();
  }

  List<ReplicaView.Peer> views() {
    return learners().stream().map(this::view).toList();
  }

  private ReplicaView.Peer view(int node) {
    Seat seat = seats.getOrDefault(node, new Seat());
    long silent = local.ticks().now() - seat.reportTick;
    return new ReplicaView.Peer(
        node, Configuration.Role.LEARNER, seat.decided, seat.applied, silent);
  }

  void onReport(int from, Message.Report report) {
    Seat seat = seats.get(from);
    if (seat == null) {
      return;
    }
    boolean sameDisk = report.incarnation().equals(seat.incarnation);
    seat.incarnation = report.incarnation();
    seat.decided = sameDisk ? Math.max(seat.decided, report.decided()) : report.decided();
    seat.applied = sameDisk ? Math.max(seat.applied, report.applied()) : report.applied();
    seat.reportTick = local.ticks().now();
  }

  void onWant(int from, long decided) {
    Seat seat = seats.get(from);
    if (seat == null || decided < acceptor.durable().decided()) {
      acceptor.serveDecided(from, decided);
    } else {
      seat.asksAfter = decided;
    }
  }

  /** Answers those for whom there is something by now. */
  void serve() {
    long decided = acceptor.durable().decided();
    for (Map.Entry<Integer, Seat> entry : seats.entrySet()) {
      Seat seat = entry.getValue();
      if (seat.asksAfter != NOTHING && seat.asksAfter < decided) {
        acceptor.serveDecided(entry.getKey(), seat.asksAfter);
        seat.asksAfter = NOTHING;
      }
    }
  }

  /** Whether {@code member}'s disk has reported lately that it has decided {@code least} slots. */
  boolean isReady(Configuration.Member member, long least) {
    Seat seat = seats.get(member.node());
    return seat != null
        && member.incarnation().equals(seat.incarnation)
        && seat.decided >= least
        && local.ticks().now() - seat.reportTick <= local.timing().electionTicksMax();
  }
}
