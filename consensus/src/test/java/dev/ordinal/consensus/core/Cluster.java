package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A whole group in one thread, for tests that tell a story: links are perfect until cut, disks
 * finish at once until stalled, state machines apply at once.
 */
final class Cluster {
  /** A message under way, or an event that comes from the member's own disk or state machine. */
  private record Due(int to, Event event) {}

  /** What callers were told whose command was not applied, and readers; by ticket. */
  final Map<Long, Verdict> verdicts = new LinkedHashMap<>();

  /** The slots of commands, by ticket. */
  final Map<Long, Long> slots = new LinkedHashMap<>();

  final List<Observation> observations = new ArrayList<>();
  private final Configuration configuration;
  private final Settings settings;
  private final Map<Integer, Member> members = new TreeMap<>();
  private final Set<Integer> stopped = new TreeSet<>();
  private final Set<Integer> cut = new TreeSet<>();
  private final Set<Integer> stalled = new TreeSet<>();
  private final ArrayDeque<Due> due = new ArrayDeque<>();
  private long tickets;

  Cluster(Settings settings, int size) {
    this.settings = settings;
    List<Integer> all = new ArrayList<>();
    for (int member = 1; member <= size; member++) {
      all.add(member);
    }
    this.configuration = Configuration.ofMajorities(1, all);
    all.forEach(member -> members.put(member, boot(member, new Disk(configuration))));
  }

  /** Starts {@code member} again, with nothing but its disk. */
  void restart(int member) {
    stop(member);
    stopped.remove(member);
    members.put(member, boot(member, member(member).disk));
  }

  void stop(int member) {
    stopped.add(member);
    due.removeIf(event -> event.to() == member);
  }

  /** From now on, nothing leaves or reaches {@code member}. */
  void cut(int member) {
    cut.add(member);
  }

  void heal() {
    cut.clear();
  }

  /** Writes of {@code member} do not end, until {@link #resume}. */
  void stall(int member) {
    stalled.add(member);
  }

  void resume(int member) {
    stalled.remove(member);
    List<Effect.Persist> writes = List.copyOf(member(member).unwritten);
    member(member).unwritten.clear();
    writes.forEach(write -> perform(member, write));
    settle();
  }

  void tick(int times) {
    for (int i = 0; i < times; i++) {
      members.keySet().forEach(member -> due.add(new Due(member, new Event.Tick())));
      settle();
    }
  }

  /** Lets time pass until a member that is not cut off leads. */
  int elect() {
    for (int i = 0; i < 1_000; i++) {
      for (int member : leaders()) {
        return member;
      }
      tick(1);
    }
    throw new AssertionError("nobody was elected in 1000 ticks: " + observations);
  }

  /** Those who believe that they lead, run, and are not cut off. */
  List<Integer> leaders() {
    return members.keySet().stream()
        .filter(member -> !cut.contains(member) && !stopped.contains(member))
        .filter(member -> view(member).role() == ReplicaView.Role.LEADER)
        .toList();
  }

  long propose(int member, String command) {
    long ticket = ++tickets;
    Payload payload = Payload.wrap(command.getBytes(StandardCharsets.UTF_8));
    give(member, new Event.Proposed(ticket, payload));
    return ticket;
  }

  long read(int member) {
    long ticket = ++tickets;
    give(member, new Event.ReadRequested(ticket));
    return ticket;
  }

  void give(int member, Event event) {
    due.add(new Due(member, event));
    settle();
  }

  ReplicaView view(int member) {
    return member(member).replica.view();
  }

  /** The commands that {@code member} has applied, in order. */
  List<String> applied(int member) {
    return member(member).applied;
  }

  private Member boot(int member, Disk disk) {
    RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(member);
    return new Member(
        disk, new Replica(member, new Incarnation(0, member), settings, disk.image(), chance));
  }

  private Member member(int number) {
    Member member = members.get(number);
    if (member == null) {
      throw new AssertionError("no member " + number);
    }
    return member;
  }

  private void settle() {
    while (!due.isEmpty()) {
      Due next = due.removeFirst();
      if (!stopped.contains(next.to())) {
        List<Effect> effects = member(next.to()).replica.step(List.of(next.event()));
        effects.forEach(effect -> perform(next.to(), effect));
      }
    }
  }

  private void perform(int number, Effect effect) {
    Member member = member(number);
    switch (effect) {
      case Effect.Persist persist when stalled.contains(number) -> member.unwritten.add(persist);
      case Effect.Persist persist -> {
        member.write(persist);
        due.add(new Due(number, new Event.Persisted(persist.group())));
      }
      case Effect.Send send -> member.held.add(send);
      case Effect.SendDecided(int to, long from, long through) -> {
        List<LoggedEntry> page = member.disk.read(from, Math.min(through, from + 3));
        deliver(number, to, new Message.CatchUp(page, through));
      }
      case Effect.FetchSnapshot _ -> throw new AssertionError("every log is whole: " + effect);
      case Effect.Apply apply -> member.decide(apply);
      case Effect.Answer(long ticket, Verdict verdict) -> verdicts.put(ticket, verdict);
      case Effect.Observe(Observation observation) -> observations.add(observation);
    }
    member.release().forEach(send -> deliver(number, send.to(), send.message()));
    member.applyDurable().forEach(apply -> applied(number, apply));
  }

  private void applied(int number, Effect.Apply apply) {
    long slot = apply.logged().slot();
    apply.tickets().forEach(ticket -> slots.put(ticket, slot));
    due.add(new Due(number, new Event.Applied(slot)));
  }

  private void deliver(int from, int to, Message message) {
    if (!cut.contains(from) && !cut.contains(to)) {
      due.add(new Due(to, new Event.Received(from, message)));
    }
  }
}
