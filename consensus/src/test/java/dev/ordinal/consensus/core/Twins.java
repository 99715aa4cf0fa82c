package dev.ordinal.consensus.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A group whose every member exists twice, in a world of chance: messages get lost, repeated and
 * overtaken, disks are slow, processes die. Twins must never differ; members must agree.
 */
final class Twins {
  private static final Settings SETTINGS =
      new Settings(
          new Timing(2, 8, 20, 4),
          64,
          new Bounds(3, 100),
          new Bounds(20, 1_000),
          new Bounds(4, 400),
          new Bounds(3, 200),
          new Bounds(3, 200),
          4,
          1 << 20);

  private record Flying(int to, int from, Message message) {}

  /** One member: twins, one disk, and what the next step will be told. */
  private static final class Pair {
    final Disk disk;
    final Replica first;
    final Replica second;
    final ArrayDeque<Effect.Persist> writes = new ArrayDeque<>();
    final List<Effect.Send> held = new ArrayList<>();
    final ArrayDeque<Effect.Apply> decided = new ArrayDeque<>();
    final List<Event> inbox = new ArrayList<>();
    long durable;
    long applied;

    Pair(int self, Disk disk, long seed) {
      this.disk = disk;
      Image image = disk.image();
      this.durable = image.group();
      this.applied = image.decided();
      Incarnation own = new Incarnation(0, self);
      first = new Replica(self, own, SETTINGS, image, new SplittableRandom(seed));
      second = new Replica(self, own, SETTINGS, image, new SplittableRandom(seed));
    }

    List<Effect> step() {
      List<Event> events = List.copyOf(inbox);
      inbox.clear();
      List<Effect> effects = first.step(events);
      assertThat(second.step(events)).isEqualTo(effects);
      assertThat(second.view()).isEqualTo(first.view());
      return effects;
    }
  }

  private final SplittableRandom random;
  private final Map<Integer, Pair> pairs = new TreeMap<>();
  private final List<Flying> flying = new ArrayList<>();
  private final Map<Long, EntryHash> decided = new TreeMap<>();
  private final TreeSet<Ballot> led = new TreeSet<>();
  private int isolated;
  private long tickets;

  Twins(long seed) {
    random = new SplittableRandom(seed);
    List<Integer> all = new ArrayList<>();
    int size = 1 + random.nextInt(5);
    for (int member = 1; member <= size; member++) {
      all.add(member);
    }
    Configuration members = Configuration.ofMajorities(1, all);
    all.forEach(member -> start(member, new Disk(members)));
  }

  /** Chance does as it likes, {@code steps} times. */
  void rage(int steps) {
    int lossPercent = random.nextInt(40);
    int crashPerMille = random.nextInt(4);
    int ticksPercent = 5 + random.nextInt(30);
    int calm = 100 + random.nextInt(1_000);
    for (int i = 0; i < steps; i++) {
      if (i % calm == 0) {
        isolated = random.nextInt(2 * pairs.size() + 1);
      }
      int member = 1 + random.nextInt(pairs.size());
      if (random.nextInt(100) < ticksPercent) {
        pair(member).inbox.add(new Event.Tick());
      }
      if (random.nextInt(1_000) < crashPerMille) {
        start(member, pair(member).disk);
      }
      happen(member, random.nextInt(12), lossPercent);
      if (random.nextInt(3) > 0) {
        step(member);
      }
    }
  }

  /** Nothing fails any more: what is proposed now must be decided everywhere. */
  void heal() {
    isolated = 0;
    for (int i = 0; i < 20_000 && !isSettled(); i++) {
      int member = 1 + random.nextInt(pairs.size());
      happen(member, i % 40 == 0 ? 0 : 1 + random.nextInt(10), 0);
      step(member);
    }
    assertThat(isSettled()).as("everybody has what the leader has").isTrue();
  }

  private boolean isSettled() {
    List<ReplicaView> views = pairs.values().stream().map(pair -> pair.first.view()).toList();
    long length = views.getFirst().length();
    return flying.isEmpty()
        && length > 0
        && views.stream().anyMatch(view -> view.role() == ReplicaView.Role.LEADER)
        && views.stream().allMatch(view -> view.decided() == length && view.leader() > 0);
  }

  private void happen(int member, int what, int lossPercent) {
    Pair pair = pair(member);
    switch (what) {
      case 0 -> pair.inbox.add(new Event.Tick());
      case 1, 2 -> write(member);
      case 3 -> apply(pair);
      case 10 -> pair.inbox.add(new Event.ReadRequested(++tickets));
      case 11 ->
          pair.inbox.add(new Event.Proposed(++tickets, Subject.payload("command " + tickets)));
      default -> arrive(lossPercent);
    }
  }

  private void arrive(int lossPercent) {
    if (flying.isEmpty()) {
      return;
    }
    int index = random.nextInt(Math.min(flying.size(), 8));
    boolean repeated = lossPercent > 0 && random.nextInt(20) == 0;
    Flying message = repeated ? flying.get(index) : flying.remove(index);
    boolean cut = message.to() == isolated || message.from() == isolated;
    if (!cut && random.nextInt(100) >= lossPercent) {
      pair(message.to()).inbox.add(new Event.Received(message.from(), message.message()));
      step(message.to());
    }
  }

  private void start(int member, Disk disk) {
    pairs.put(member, new Pair(member, disk, random.nextLong()));
  }

  private void write(int member) {
    Pair pair = pair(member);
    if (!pair.writes.isEmpty()) {
      Effect.Persist persist = pair.writes.removeFirst();
      pair.disk.write(persist);
      pair.durable = persist.group();
      pair.inbox.add(new Event.Persisted(persist.group()));
      release(member);
    }
  }

  /** Everything that is decided and durable. */
  private static void apply(Pair pair) {
    while (!pair.decided.isEmpty() && pair.decided.getFirst().after() <= pair.durable) {
      pair.applied = pair.decided.removeFirst().logged().slot();
    }
    pair.inbox.add(new Event.Applied(pair.applied));
  }

  private void step(int member) {
    for (Effect effect : pair(member).step()) {
      perform(member, effect);
    }
    release(member);
  }

  private void perform(int member, Effect effect) {
    Pair pair = pair(member);
    switch (effect) {
      case Effect.Persist persist -> pair.writes.addLast(persist);
      case Effect.Send send -> pair.held.add(send);
      case Effect.SendDecided(int to, long from, long through) -> {
        List<LoggedEntry> page = pair.disk.read(from, Math.min(through, from + 2));
        page.forEach(this::agree);
        flying.add(new Flying(to, member, new Message.CatchUp(page, through)));
      }
      case Effect.FetchSnapshot _ -> throw new AssertionError("every log is whole: " + effect);
      case Effect.Apply apply -> {
        agree(apply.logged());
        pair.decided.addLast(apply);
      }
      case Effect.Observe(Observation.Elected(Ballot ballot)) ->
          assertThat(led.add(ballot)).as("one leader in %s", ballot).isTrue();
      case Effect.Observe _, Effect.Answer _ -> {}
    }
  }

  private void agree(LoggedEntry logged) {
    EntryHash known = decided.putIfAbsent(logged.slot(), logged.hash());
    assertThat(known == null || known.equals(logged.hash()))
        .as("one value in slot %d", logged.slot())
        .isTrue();
  }

  private void release(int member) {
    Pair pair = pair(member);
    List<Effect.Send> left =
        pair.held.stream().filter(send -> send.after() <= pair.durable).toList();
    pair.held.removeAll(left);
    left.forEach(send -> flying.add(new Flying(send.to(), member, send.message())));
  }

  private Pair pair(int member) {
    Pair pair = pairs.get(member);
    if (pair == null) {
      throw new AssertionError("no member " + member);
    }
    return pair;
  }
}
