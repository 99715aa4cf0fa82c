package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.simulation.conditions.Chance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All clients, and which of them waits for which ticket. */
final class Clients implements Callers {
  private final Stage stage;
  private final List<Machine> machines;
  private final List<Client> clients = new ArrayList<>();
  private final Map<Long, Client> waiting = new HashMap<>();
  private List<Machine> reachable;
  private long tickets;

  /** {@code machines} of members 1, 2, …; may be filled later. */
  Clients(Stage stage, List<Machine> machines) {
    this.stage = stage;
    this.machines = machines;
    this.reachable = machines;
  }

  void start(Chance chance) {
    for (int number = 1; number <= stage.conditions().load().clients(); number++) {
      clients.add(new Client(this, stage, chance.split(), number));
    }
  }

  /** From now on clients turn to {@code healthy} members only. */
  void turnTo(List<Machine> healthy) {
    reachable = List.copyOf(healthy);
  }

  boolean areContent() {
    return clients.stream().allMatch(Client::isContent);
  }

  List<Machine> reachable() {
    return reachable;
  }

  /** Null if {@code member} is none that clients turn to. */
  @Nullable Machine machine(int member) {
    if (member < 1 || member > machines.size()) {
      return null;
    }
    Machine machine = machines.get(member - 1);
    return reachable.contains(machine) ? machine : null;
  }

  long nextTicket() {
    return ++tickets;
  }

  /** {@code client} proposes {@code command} to {@code machine}, or reads there if it is null. */
  void start(Client client, Machine machine, long ticket, @Nullable Payload command) {
    waiting.put(ticket, client);
    if (command == null) {
      stage.oracle().onReadRequested(ticket);
      machine.post(new Event.ReadRequested(ticket));
    } else {
      stage.oracle().commands().onProposed(ticket, command);
      machine.post(new Event.Proposed(ticket, command));
    }
  }

  @Override
  public void acknowledge(long ticket, long slot) {
    of(ticket).acknowledge(ticket, slot);
  }

  @Override
  public void show(long ticket, int member, long slot) {
    of(ticket).show(ticket, member, slot);
  }

  @Override
  public void answer(long ticket, Verdict verdict) {
    of(ticket).answer(ticket, verdict);
  }

  private Client of(long ticket) {
    Client client = waiting.remove(ticket);
    if (client == null) {
      throw new IllegalStateException("nobody waits for ticket " + ticket);
    }
    return client;
  }
}
