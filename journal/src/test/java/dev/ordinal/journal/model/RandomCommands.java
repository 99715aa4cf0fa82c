package dev.ordinal.journal.model;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.retention.RetentionPolicy;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Label;
import dev.ordinal.journal.transaction.Mode;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.journal.transaction.Policy;
import dev.ordinal.journal.transaction.Snapshot;
import dev.ordinal.journal.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Batches of commands as careless clients would send them: stale and impossible snapshots, repeated
 * and acknowledged sequences, unknown sessions. How often each happens is drawn from the seed.
 */
public final class RandomCommands {
  private static final int REPEATABLE_MAX = 40;

  private final RandomGenerator random;
  private final RandomGroups groups;
  private final long history;

  /** How many order IDs a snapshot usually is behind. */
  private final int stalenessMax;

  private final double sessionRate;
  private final double repeatRate;
  private final List<Client> clients = new ArrayList<>();
  private final List<Command> repeatable = new ArrayList<>();
  private long mark;

  private static final class Client {
    private final long session;
    private long sequence;

    private Client(long session) {
      this.session = session;
    }
  }

  public RandomCommands(RandomGenerator random, long history) {
    this.random = random;
    this.history = history;
    this.groups = new RandomGroups(random);
    this.stalenessMax = 1 + random.nextInt(12);
    this.sessionRate = random.nextDouble();
    this.repeatRate = random.nextDouble() * 0.3;
  }

  /** The next slot's commands, for a journal whose last order ID is {@code lastOrder}. */
  public List<Command> next(long lastOrder) {
    List<Command> commands = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      commands.add(command(lastOrder));
    }
    return commands;
  }

  /** Learns the sessions that were opened, and where time was marked. */
  public void observe(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.ClockMarked(long marked, _)) {
        mark = marked;
      }
      if (outcome instanceof Outcome.SessionOpened(long session)
          && clients.stream().noneMatch(client -> client.session == session)) {
        clients.add(new Client(session));
      }
    }
  }

  private Command command(long lastOrder) {
    if (!repeatable.isEmpty() && random.nextDouble() < repeatRate) {
      return repeatable.get(random.nextInt(repeatable.size()));
    }
    Command command =
        switch (random.nextInt(44)) {
          case 0, 1 ->
              new Command.OpenSession(1 + random.nextInt(2000), "client", random.nextInt(9));
          case 2 -> new Command.CloseSession(session());
          case 3 -> new Command.Malformed("not an encoded command");
          case 4, 5, 6 -> tick();
          case 7 -> new Command.Barrier();
          case 8, 9, 10 -> new Command.GrantLease(groups.lease(), 1 + random.nextInt(1500));
          case 11 -> new Command.RevokeLease(groups.lease());
          case 12, 13 -> keepAlive();
          case 14, 15 -> new Command.Retain(retentionChange(lastOrder));
          default -> new Command.Submit(transaction(lastOrder));
        };
    repeatable.add(command);
    if (repeatable.size() > REPEATABLE_MAX) {
      repeatable.removeFirst();
    }
    return command;
  }

  /** Now and then measured from somewhere else than the last mark. */
  private Command tick() {
    long since = random.nextInt(4) == 0 ? random.nextLong(mark + 2) : mark;
    long grace = random.nextInt(8) == 0 ? random.nextInt(500) : 0;
    return new Command.Tick(since, random.nextInt(400), grace);
  }

  private RetentionChange retentionChange(long lastOrder) {
    long order = random.nextLong(lastOrder + 3);
    String name = "hold-" + random.nextInt(40);
    return switch (random.nextInt(12)) {
      case 0 ->
          new RetentionChange.SetPolicy(new RetentionPolicy(order, random.nextLong(1000), order));
      case 1, 2 ->
          new RetentionChange.PlaceHold(
              name, order, random.nextBoolean() ? 0 : random.nextInt(900));
      case 3, 4, 5, 6, 7 -> new RetentionChange.ReleaseHold(name);
      default -> new RetentionChange.MoveFloor(order);
    };
  }

  private Command keepAlive() {
    return new Command.KeepAlive(
        Stream.generate(groups::lease).limit(random.nextInt(4)).toList(),
        Stream.generate(this::session).limit(random.nextInt(3)).toList());
  }

  private long session() {
    return clients.isEmpty() || random.nextInt(20) == 0
        ? 1 + random.nextInt(30)
        : clients.get(random.nextInt(clients.size())).session;
  }

  private Transaction transaction(long lastOrder) {
    Snapshot snapshot = snapshot(lastOrder);
    Mode mode = snapshot != null && random.nextInt(10) == 0 ? Mode.JOURNAL : Mode.KEYS;
    int count = 1 + (random.nextBoolean() ? 0 : random.nextInt(4));
    return new Transaction(
        random.nextDouble() < sessionRate ? origin() : Origin.NONE,
        snapshot,
        mode,
        policy(count),
        groups.next(count, snapshot),
        random.nextInt(8) == 0 ? List.of(new Label("why", "random")) : List.of());
  }

  private Policy policy(int groupCount) {
    return switch (random.nextInt(4)) {
      case 0 -> Policy.INCREMENTAL;
      case 1 -> new Policy.AtLeast(1 + random.nextInt(groupCount));
      default -> Policy.ALL;
    };
  }

  private @Nullable Snapshot snapshot(long lastOrder) {
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3 -> null;
      case 4 -> new Snapshot(history, lastOrder + 1 + random.nextInt(3));
      case 5 -> new Snapshot(history + 1, lastOrder);
      case 6 -> new Snapshot(history, random.nextLong(lastOrder + 1));
      case 7, 8, 9, 10, 11, 12 -> new Snapshot(history, lastOrder);
      default -> new Snapshot(history, Math.max(0, lastOrder - random.nextInt(stalenessMax)));
    };
  }

  private Origin origin() {
    if (clients.isEmpty()) {
      return random.nextInt(4) == 0 ? new Origin(session(), 1, 0) : Origin.NONE;
    }
    Client client = clients.get(random.nextInt(clients.size()));
    client.sequence += 1 + random.nextInt(2);
    long sequence = Math.max(1, client.sequence - (random.nextInt(5) == 0 ? 3 : 0));
    long acknowledged = Math.max(0, sequence - 1 - random.nextInt(12));
    return new Origin(client.session, sequence, acknowledged);
  }
}
