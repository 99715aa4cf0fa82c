package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.Replica;
import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.log.MemoryLog;
import dev.ordinal.consensus.log.Opened;
import dev.ordinal.simulation.invariant.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * One replica and the shell around it, to be moved. The shell keeps the contract of the driver:
 * groups become durable in order, and what waits for a group leaves when it is durable. The state
 * machine applies at once what it is given.
 */
final class Member {
  private static final long EVERYTHING = Long.MAX_VALUE;
  private static final long NEVER_ASKED_FOR = 1_000;

  private final Scope scope;
  private final int self;
  private final Envelopes envelopes;
  private final List<Effect.Persist> written;
  private final MemoryLog log;
  private final Replica replica;
  private final ArrayDeque<Effect.Persist> writing = new ArrayDeque<>();
  private final List<Effect.Send> held = new ArrayList<>();
  private final ArrayDeque<Effect.Apply> toApply = new ArrayDeque<>();
  private final ArrayDeque<Event> due = new ArrayDeque<>();
  private final List<EntryHash> decided = new ArrayList<>();
  private final List<Envelope> asked = new ArrayList<>();
  private long durable;
  private int campaigns;
  private int beats;
  private List<Integer> sent = new ArrayList<>();

  /** A process that starts on a disk on which {@code life} was written. */
  Member(Scope scope, int self, Life life, Envelopes envelopes) {
    this.scope = scope;
    this.self = self;
    this.envelopes = envelopes;
    this.written = new ArrayList<>(life.written());
    this.campaigns = life.campaigns();
    this.beats = life.beats();
    this.log = new MemoryLog(scope.first());
    life.written().forEach(write -> log.write(write.group(), write.changes()));
    Image image = open();
    this.durable = image.group();
    log.read(1, image.decided(), EVERYTHING).forEach(entry -> decided.add(entry.hash()));
    this.replica = new Replica(self, Scope.disk(self), Scope.SETTINGS, image, () -> 0);
    for (int i = 0; i < Scope.SETTINGS.timing().electionTicksMin(); i++) {
      step(new Event.Tick());
    }
  }

  private Image open() {
    return switch (log.open()) {
      case Opened.Clean(var _, Image image) -> image;
      case Opened.Torn(var _, Image image, long _) -> image;
      case Opened.Damaged(String reason) -> throw new IllegalStateException(reason);
    };
  }

  ReplicaView view() {
    return replica.view();
  }

  /** The hashes of all that this member knows to be decided, by slot. */
  List<EntryHash> decided() {
    return List.copyOf(decided);
  }

  /** What the disk holds. */
  Platter platter() {
    Image image = open();
    List<LoggedEntry> entries = log.read(1, EVERYTHING, EVERYTHING);
    return new Platter(
        image.promised(),
        image.accepted(),
        image.stretch(),
        entries.stream().map(LoggedEntry::hash).toList());
  }

  /** All that decides what this member does from here on. */
  long fingerprint() {
    return ObjectFingerprint.of(
        List.of(self, replica, open(), List.copyOf(writing), held, decided, campaigns, beats));
  }

  /** What a process finds that starts when the next {@code more} writes are durable. */
  Life lifeAfter(int more) {
    List<Effect.Persist> found = new ArrayList<>(written);
    writing.stream().limit(more).forEach(found::add);
    return new Life(found, campaigns, beats);
  }

  /** What can happen here besides messages, commands and the end of the process. */
  List<Move> ownMoves() {
    List<Move> moves = new ArrayList<>();
    ReplicaView view = view();
    boolean follows = view.role() == ReplicaView.Role.FOLLOWER;
    if (campaigns > 0 && (follows || view.role() == ReplicaView.Role.CANDIDATE)) {
      moves.add(new Move.LosePatience());
    }
    if (beats > 0 && view.role() == ReplicaView.Role.LEADER) {
      moves.add(new Move.Beat());
    }
    if (!writing.isEmpty()) {
      moves.add(new Move.Persist());
    }
    return moves;
  }

  /** Carries out {@code move}; the messages that leave, by number. */
  List<Integer> perform(Move move) {
    sent = new ArrayList<>();
    switch (move) {
      case Move.Deliver(int number) -> {
        Envelope envelope = envelopes.at(number);
        step(new Event.Received(envelope.from(), envelope.message()));
      }
      case Move.Propose(int command) ->
          step(new Event.Proposed(command, Payload.wrap(new byte[] {(byte) command})));
      case Move.Reconfigure() -> reconfigure();
      case Move.LosePatience() -> losePatience();
      case Move.Beat() -> {
        beats--;
        step(new Event.Tick());
      }
      case Move.Persist() -> persist();
      case Move.Crash _ -> throw new IllegalArgumentException("another life: " + move);
    }
    return sent;
  }

  /** Learners say that they are ready, true or not: safety must not depend on it. */
  private void reconfigure() {
    ReplicaView view = view();
    for (int node : scope.second().voters()) {
      if (!view.configuration().isVoter(node)) {
        Message report =
            new Message.Report(view.accepted(), Scope.disk(node), view.decided(), view.applied());
        step(new Event.Received(node, report));
      }
    }
    step(new Event.Reconfigure(NEVER_ASKED_FOR, scope.second(), false));
  }

  /** Whoever is asked lets this member campaign: safety must not depend on their politeness. */
  private void losePatience() {
    campaigns--;
    long ticksMax = 2L * Scope.SETTINGS.timing().electionTicksMax();
    for (long ticks = 0; asked.isEmpty() && ticks < ticksMax; ticks++) {
      step(new Event.Tick());
    }
    List<Envelope> probes = List.copyOf(asked);
    asked.clear();
    for (Envelope envelope : probes) {
      if (envelope.message() instanceof Message.Probe(long said, long round)) {
        Message granted = new Message.ProbeReply(said, round, true, Ballot.NONE);
        step(new Event.Received(envelope.to(), granted));
      }
    }
  }

  private void step(Event event) {
    due.add(event);
    catchUp();
  }

  private void persist() {
    write();
    catchUp();
  }

  /** Tells the core everything that follows from what it was told. */
  private void catchUp() {
    while (!due.isEmpty()) {
      replica.step(List.of(due.remove())).forEach(this::perform);
      while (!scope.faults().slowDisks() && !writing.isEmpty()) {
        write();
      }
    }
  }

  private void write() {
    Effect.Persist write = writing.remove();
    log.write(write.group(), write.changes());
    written.add(write);
    durable = write.group();
    List<Effect.Send> waiting = List.copyOf(held);
    held.clear();
    waiting.forEach(this::send);
    due.add(new Event.Persisted(durable));
    apply();
  }

  private void apply() {
    while (!toApply.isEmpty() && toApply.getFirst().after() <= durable) {
      Effect.Apply apply = toApply.remove();
      requireDurable(apply.logged());
      due.add(new Event.Applied(apply.logged().slot()));
    }
  }

  private void requireDurable(LoggedEntry applied) {
    if (!log.read(applied.slot(), applied.slot(), EVERYTHING).equals(List.of(applied))) {
      throw new Violation(
          "I22 what is applied is durable here", "member %d applies %s".formatted(self, applied));
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Send send -> send(send);
      case Effect.Persist persist -> writing.add(persist);
      case Effect.Apply apply -> {
        decided.add(apply.logged().hash());
        toApply.add(apply);
        apply();
      }
      case Effect.SendDecided(int to, long from, long through) -> {
        List<LoggedEntry> entries = log.read(from, through, EVERYTHING);
        post(to, new Message.CatchUp(entries, through));
      }
      case Effect.Answer _, Effect.Observe _ -> {}
    }
  }

  private void send(Effect.Send send) {
    if (send.after() > durable) {
      held.add(send);
    } else {
      post(send.to(), send.message());
    }
  }

  private void post(int to, Message message) {
    if (message instanceof Message.Probe) {
      asked.add(new Envelope(self, to, message));
      return;
    }
    if (scope.beats() == 0 && message instanceof Message.Heartbeat) {
      return;
    }
    Claims.requireBorneOut(message, open());
    sent.add(envelopes.number(new Envelope(self, to, message)));
  }
}
