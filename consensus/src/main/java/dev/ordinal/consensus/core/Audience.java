package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Those who learn from a leader without a vote: learners, and guests, who are in no configuration
 * or under the number of a member with another disk. They pull decided entries. Whoever has asked
 * for what is not decided yet is answered as soon as it is, so that one page is under way to each
 * at most and its own disk sets the pace.
 */
final class Audience {
  private static final long NOTHING = -1;

  /** Members and guests. */
  private static final int SEATS_MAX = 2 * Configuration.MEMBERS_MAX;

  /** Guests that were silent for so many longest election timeouts are gone. */
  private static final long SILENT_TIMEOUTS = 4;

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
    return configuration.nodes().stream()
        .filter(node -> !configuration.isVoter(node) && node != local.self())
        .map(this::view)
        .toList();
  }

  List<ReplicaView.Guest> guests() {
    List<ReplicaView.Guest> guests = new ArrayList<>();
    seats.forEach((node, seat) -> {
      Incarnation disk = seat.incarnation;
      if (disk != null && !configuration.names(node, disk)) {
        long silent = local.ticks().now() - seat.reportTick;
        guests.add(new ReplicaView.Guest(node, disk, seat.decided, seat.applied, silent));
      }
    });
    return guests;
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
    Seat seat = seat(from);
    if (seat == null || decided < acceptor.durable().decided()) {
      acceptor.serveDecided(from, decided);
    } else {
      seat.asksAfter = decided;
    }
  }

  /** A node that asks gets a seat, and loses it when it has been silent for long. */
  private @Nullable Seat seat(int node) {
    Seat seat = seats.get(node);
    if (seat == null && node != local.self() && seats.size() < SEATS_MAX) {
      seat = new Seat();
      seats.put(node, seat);
      seat.reportTick = local.ticks().now();
    }
    return seat;
  }

  /** Takes the seats of guests that left. */
  void forgetSilent() {
    long least = local.ticks().now() - SILENT_TIMEOUTS * local.timing().electionTicksMax();
    seats
        .entrySet()
        .removeIf(seat ->
            configuration.member(seat.getKey()) == null && seat.getValue().reportTick < least);
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
