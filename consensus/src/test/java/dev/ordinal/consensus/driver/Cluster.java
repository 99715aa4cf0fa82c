package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.core.Settings;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.log.LogStore;
import dev.ordinal.consensus.log.Opened;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/** Three replicas of one group in this process, each over a log of its own. */
final class Cluster implements AutoCloseable {
  static final List<Integer> MEMBERS = List.of(1, 2, 3);
  static final Configuration CONFIGURATION = Configuration.ofMajorities(1, MEMBERS);

  private final IntFunction<Opened> disks;
  private final DriverSettings settings;
  private final MemoryNetwork network = new MemoryNetwork();
  private final Map<Integer, Machine> machines = new TreeMap<>();
  private final Map<Integer, Running> running = new TreeMap<>();
  private final Map<Long, CompletableFuture<Verdict>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong tickets = new AtomicLong();
  private final List<Throwable> halts = new CopyOnWriteArrayList<>();

  private record Running(ReplicaDriver driver, LogStore log) {}

  /** {@code disks} opens a member's log, each time it starts. */
  Cluster(IntFunction<Opened> disks, DriverSettings settings) {
    this.disks = disks;
    this.settings = settings;
    for (int member : MEMBERS) {
      machines.put(member, new Machine(this::committed));
      start(member);
    }
  }

  void start(int member) {
    switch (disks.apply(member)) {
      case Opened.Clean(LogStore log, Image image) -> start(member, log, image);
      case Opened.Torn(LogStore log, Image image, _) -> start(member, log, image);
      case Opened.Damaged(String reason) -> throw new AssertionError(reason);
    }
  }

  private void start(int self, LogStore log, Image image) {
    Member member = new Member(self, new Incarnation(0, self), Settings.DEFAULT);
    Surroundings surroundings =
        new Surroundings(
            log,
            network.transport(self),
            machine(self),
            new WholeLog(),
            this::answer,
            _ -> {},
            (_, failure) -> halts.add(failure));
    running.put(self, new Running(ReplicaDriver.start(member, image, surroundings, settings), log));
  }

  void stop(int member) {
    network.disconnect(member);
    Running stopped = running.remove(member);
    if (stopped != null) {
      stopped.driver.close();
      stopped.log.close();
    }
  }

  /** The state machine is lost with its disk: it must be fed from the log again. */
  void forgetState(int member) {
    machines.put(member, new Machine(this::committed));
  }

  Machine machine(int member) {
    return machines.computeIfAbsent(member, _ -> new Machine(this::committed));
  }

  ReplicaDriver driver(int member) {
    Running found = running.get(member);
    if (found == null) {
      throw new IllegalStateException("replica " + member + " does not run");
    }
    return found.driver;
  }

  int awaitLeader() {
    return Awaitility.await()
        .until(
            () ->
                running.keySet().stream()
                    .filter(member -> driver(member).view().role() == ReplicaView.Role.LEADER)
                    .findFirst()
                    .orElse(0),
            leader -> leader != 0);
  }

  /** Proposes at {@code member}; completes with a verdict, or with ReadableAt(0) once applied. */
  CompletableFuture<Verdict> propose(int member, Payload command) {
    long ticket = tickets.incrementAndGet();
    CompletableFuture<Verdict> answer = new CompletableFuture<>();
    waiting.put(ticket, answer);
    driver(member).propose(ticket, command);
    return answer;
  }

  CompletableFuture<Verdict> read(int member) {
    long ticket = tickets.incrementAndGet();
    CompletableFuture<Verdict> answer = new CompletableFuture<>();
    waiting.put(ticket, answer);
    driver(member).read(ticket);
    return answer;
  }

  /** Commits {@code count} commands through the leader, at most {@code inFlight} at once. */
  void commit(int leader, int from, int count, int inFlight) {
    List<CompletableFuture<Verdict>> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      open.add(propose(leader, command(from + i)));
      if (open.size() == inFlight) {
        open.forEach(Cluster::requireCommitted);
        open.clear();
      }
    }
    open.forEach(Cluster::requireCommitted);
  }

  private static void requireCommitted(CompletableFuture<Verdict> answer) {
    Verdict verdict = answer.orTimeout(20, TimeUnit.SECONDS).join();
    if (!verdict.equals(COMMITTED)) {
      throw new AssertionError("not committed: " + verdict);
    }
  }

  /** Stands for "applied" among the verdicts. */
  static final Verdict COMMITTED = new Verdict.ReadableAt(0);

  static Payload command(int number) {
    return Payload.wrap(ByteBuffer.allocate(100).putInt(number).array());
  }

  private void committed(long ticket) {
    answer(ticket, COMMITTED);
  }

  private void answer(long ticket, Verdict verdict) {
    CompletableFuture<Verdict> caller = waiting.remove(ticket);
    if (caller == null) {
      halts.add(new AssertionError("ticket " + ticket + " was answered twice: " + verdict));
    } else {
      caller.complete(verdict);
    }
  }

  List<Throwable> halts() {
    return halts;
  }

  @Override
  public void close() {
    List.copyOf(running.keySet()).forEach(this::stop);
    network.close();
  }
}
