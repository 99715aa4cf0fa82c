package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.Batch;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Member 1 of three, with nothing around it: a test is its world and reads all its effects. */
final class Subject {
  /** Elections so far apart that one happens only where a test asks for it. */
  static final Timing PATIENT = new Timing(5, 40, 4_000, 10);

  static final Settings SETTINGS = Settings.DEFAULT.withTiming(PATIENT);

  static final Configuration THREE = Configuration.ofMajorities(1, List.of(1, 2, 3));

  final Replica replica;
  private long group;

  Subject(Settings settings, Image image) {
    RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    replica = new Replica(1, new Incarnation(0, 1), settings, image, chance);
    group = image.group();
  }

  /** Started long enough ago to vote. */
  static Subject awake(Image image) {
    return awake(SETTINGS, image);
  }

  static Subject awake(Settings settings, Image image) {
    Subject subject = new Subject(settings, image);
    subject.tick(settings.timing().electionTicksMin());
    return subject;
  }

  /** Leads ballot 1.1, elected by member 2; its barrier is under way and not durable. */
  static Subject leading(Settings settings, Image image) {
    Subject subject = awake(settings, image);
    subject.campaign();
    subject.receive(2, new Message.Promise(ballot(1, 1), Ballot.NONE, image.decided(), List.of()));
    subject.persisted();
    return subject;
  }

  /** Goes through the probe; the own promise is durable and Prepare has left. */
  void campaign() {
    for (int i = 0; i < 5_000 && !isCandidate(); i++) {
      tick(1);
    }
    long round = replica.view().promised().round() + 1;
    receive(2, new Message.ProbeReply(round, true, Ballot.NONE));
    persisted();
  }

  private boolean isCandidate() {
    return replica.view().role() == ReplicaView.Role.CANDIDATE;
  }

  List<Effect> step(Event... events) {
    List<Effect> effects = replica.step(List.of(events));
    for (Effect effect : effects) {
      if (effect instanceof Effect.Persist persist) {
        group = persist.group();
      }
    }
    return effects;
  }

  List<Effect> receive(int from, Message message) {
    return step(new Event.Received(from, message));
  }

  /** Everything written so far is durable now. */
  List<Effect> persisted() {
    return step(new Event.Persisted(group));
  }

  List<Effect> tick(int times) {
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      effects.addAll(step(new Event.Tick()));
    }
    return effects;
  }

  List<Effect> propose(long ticket, String command) {
    return step(new Event.Proposed(ticket, payload(command)));
  }

  static Ballot ballot(long round, int node) {
    return new Ballot(1, round, node);
  }

  static Payload payload(String command) {
    return Payload.wrap(command.getBytes(StandardCharsets.UTF_8));
  }

  static Entry batch(String command) {
    return Entry.batch(Batch.encode(List.of(payload(command))));
  }

  /** A log from slot 1 on: one command a slot, in the order given; "|" is a barrier. */
  static List<LoggedEntry> log(String... commands) {
    List<LoggedEntry> log = new ArrayList<>();
    EntryHash hash = EntryHash.START;
    for (String command : commands) {
      Entry entry = command.equals("|") ? Entry.barrier() : batch(command);
      log.add(LoggedEntry.after(hash, log.size() + 1, entry));
      hash = log.getLast().hash();
    }
    return log;
  }

  /**
   * What a leader whose log is {@code log} says to a member that has it through {@code decided}.
   */
  static Message sync(Ballot ballot, long decided, List<LoggedEntry> log, long commit) {
    List<LoggedEntry> lacking = log.subList((int) decided, log.size());
    return new Message.Sync(ballot, decided, hashThrough(decided, log), lacking, commit);
  }

  private static EntryHash hashThrough(long slot, List<LoggedEntry> log) {
    return slot == 0 ? EntryHash.START : log.get((int) slot - 1).hash();
  }

  static Image empty() {
    return Image.empty(THREE);
  }

  /** A disk with {@code log}, of which everything through {@code decided} is decided. */
  static Image image(Ballot promised, Ballot accepted, long decided, List<LoggedEntry> log) {
    EntryHash hash = hashThrough(decided, log);
    List<LoggedEntry> tail = log.subList((int) decided, log.size());
    return new Image(
        7, promised, accepted, Stretch.first(THREE), Image.Extent.NONE, decided, hash, tail);
  }
}
