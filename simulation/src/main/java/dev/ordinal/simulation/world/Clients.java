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
  private final List<Client> clients = new ArrayList<>();
  private final Map<Long, Asker> waiting = new HashMap<>();
  private List<Machine> reachable = List.of();
  private long tickets;

  Clients(Stage stage) {
    this.stage = stage;
  }

  void start(Chance chance) {
    for (int number = 1; number <= stage.conditions().load().clients(); number++) {
      clients.add(new Client(this, stage, chance.split(), number));
    }
  }

  /** From now on clients turn to {@code machines} only, as they are at each time. */
  void turnTo(List<Machine> machines) {
    reachable = machines;
  }

  boolean areContent() {
    return clients.stream().allMatch(Client::isContent);
  }

  List<Machine> reachable() {
    return reachable;
  }

  /** Null if {@code node} is none that clients turn to. */
  @Nullable Machine machine(int node) {
    for (Machine machine : reachable) {
      if (machine.node() == node) {
        return machine;
      }
    }
    return null;
  }

  long nextTicket() {
    return ++tickets;
  }

  /** {@code steward} will ask {@code machine} for a change, by the ticket that this gives. */
  long start(Steward steward, Machine machine) {
    long ticket = nextTicket();
    if (machine.isUp()) {
      waiting.put(ticket, steward);
      stage.oracle().changes().onRequested(ticket);
    }
    return ticket;
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
  public void show(long ticket, int number, long slot) {
    of(ticket).show(ticket, number, slot);
  }

  @Override
  public void answer(long ticket, Verdict verdict) {
    of(ticket).answer(ticket, verdict);
  }

  private Asker of(long ticket) {
    Asker asker = waiting.remove(ticket);
    if (asker == null) {
      throw new IllegalStateException("nobody waits for ticket " + ticket);
    }
    return asker;
  }
}
