package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Configuration.Member;
import dev.ordinal.consensus.quorum.Configuration.Role;
import dev.ordinal.consensus.quorum.CountingQuorums;
import dev.ordinal.simulation.conditions.Chance;
import dev.ordinal.simulation.conditions.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Whoever runs the group: asks for members to come, go, learn, vote and lead, at any moment and
 * without looking; and loses disks, though never so many that nobody could go on.
 */
final class Steward implements Asker {
  private final Stage stage;
  private final Chance chance;
  private final Machines machines;
  private final Clients clients;

  /** What was asked for and may still be decided. */
  private final List<Configuration> asked = new ArrayList<>();

  private boolean stopped;

  Steward(Stage stage, Chance chance, Machines machines, Clients clients) {
    this.stage = stage;
    this.chance = chance;
    this.machines = machines;
    this.clients = clients;
    Conditions.Changes changes = stage.conditions().changes();
    repeat(changes.change(), this::change);
    repeat(changes.wipe(), this::wipe);
    repeat(changes.transfer(), this::transfer);
  }

  void stop() {
    stopped = true;
  }

  private void repeat(int everyTicks, Runnable deed) {
    if (everyTicks > 0) {
      long delay = chance.between(1L, 2L * everyTicks) * Conditions.TICK;
      stage
          .agenda()
          .after(
              delay,
              () -> {
                if (!stopped) {
                  deed.run();
                  repeat(everyTicks, deed);
                }
              });
    }
  }

  private void change() {
    Machine machine = leaderOrAny();
    ReplicaView view = machine.view();
    if (view == null || view.configuration().members().isEmpty()) {
      return;
    }
    boolean stale = !asked.isEmpty() && chance.oneIn(12);
    Configuration next = stale ? asked.getFirst() : next(view.configuration());
    boolean dryRun = chance.oneIn(8) || !suffices(next, _ -> true);
    if (!dryRun && !asked.contains(next)) {
      asked.add(next);
    }
    stage.fault(machine.number(), "change");
    long ticket = clients.start(this, machine);
    machine.post(new Event.Reconfigure(ticket, next, dryRun));
  }

  private void transfer() {
    Machine machine = leaderOrAny();
    long ticket = clients.start(this, machine);
    stage.fault(machine.number(), "handover");
    machine.post(new Event.TransferRequested(ticket, chance.pick(machines).node()));
  }

  private Machine leaderOrAny() {
    List<Machine> leaders = machines.stream().filter(Machine::leads).toList();
    return leaders.isEmpty() || chance.oneIn(8) ? chance.pick(machines) : chance.pick(leaders);
  }

  /** Up to three seats change: whoever sits there gets the disk that its node has now. */
  private Configuration next(Configuration before) {
    Map<Integer, Member> seats = new TreeMap<>();
    before.members().forEach(member -> seats.put(member.node(), member));
    for (int edits = chance.between(1, 3); edits > 0; edits--) {
      Machine machine = chance.pick(machines);
      int what = chance.between(0, 5);
      if (what == 0) {
        seats.remove(machine.node());
      } else {
        int priority = stage.conditions().changes().priorities() ? chance.between(0, 2) : 0;
        Role role = what < 3 ? Role.LEARNER : Role.VOTER;
        seats.put(
            machine.node(), new Member(machine.node(), role, priority, machine.incarnation(), ""));
      }
    }
    List<Integer> voters =
        seats.values().stream().filter(one -> one.role() == Role.VOTER).map(Member::node).toList();
    if (voters.isEmpty()) {
      int last = before.voters().getFirst();
      seats.put(last, machineSeat(last));
      voters = List.of(last);
    }
    return new Configuration(
        before.number() + 1, List.copyOf(seats.values()), chance.pick(voters), quorums(voters));
  }

  private Member machineSeat(int node) {
    return new Member(node, Role.VOTER, 0, machines.of(node).incarnation(), "");
  }

  private CountingQuorums quorums(List<Integer> voters) {
    int count = voters.size();
    if (chance.oneIn(5)) {
      int electing = chance.between(1, count);
      return new CountingQuorums(count, electing, count - electing + 1);
    }
    return CountingQuorums.majorities(count);
  }

  private void wipe() {
    Machine machine = chance.pick(machines);
    if (maySpare(machine)) {
      machines.wipe(machine.node());
      if (chance.oneIn(2)) {
        machines.of(machine.node()).start();
      }
    }
  }

  /**
   * Whether all could go on without {@code machine}'s disk: whoever votes now, and whoever will if
   * something that was asked for is decided after all. What was decided before the present
   * configuration must be known to enough of its voters: those who decided it may be the ones lost.
   */
  private boolean maySpare(Machine machine) {
    Configuration latest = stage.oracle().latest().configuration();
    asked.removeIf(next -> next.number() <= latest.number());
    Predicate<Machine> others = one -> one != machine;
    Predicate<Machine> know =
        one -> one.disk().facts().stretch().configuration().number() >= latest.number();
    return asked.stream().allMatch(next -> suffices(next, others))
        && suffices(latest, others.and(know));
  }

  /**
   * Whether voters that still have their disks, and are as {@code test} says, suffice. What a
   * leader heard of a disk a moment ago may be all that is left of it: whoever lost it knows.
   */
  private boolean suffices(Configuration configuration, Predicate<Machine> test) {
    Set<Integer> left = new TreeSet<>();
    for (Member member : configuration.members()) {
      Machine machine = machines.of(member.node());
      boolean present = machine.incarnation().equals(member.incarnation());
      if (present && configuration.isVoter(member.node()) && test.test(machine)) {
        left.add(member.node());
      }
    }
    return configuration.quorums().elects(left) && configuration.quorums().decides(left);
  }

  @Override
  public void acknowledge(long ticket, long slot) {
    throw new IllegalStateException("a change is answered, not applied: ticket " + ticket);
  }

  @Override
  public void show(long ticket, int number, long slot) {
    throw new IllegalStateException("a change is answered, not shown: ticket " + ticket);
  }

  /** What was asked for is asked anew, or not: the next request looks at the group again. */
  @Override
  public void answer(long ticket, Verdict verdict) {}
}
