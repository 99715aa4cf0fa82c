package dev.ordinal.scheduler.submit;

import dev.ordinal.client.GroupOutcome;
import dev.ordinal.client.Mirror;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Refusal;
import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.Choice;
import dev.ordinal.scheduler.stored.ClusterRegistration;
import dev.ordinal.scheduler.stored.StoreLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Places tasks in a store, beside any number of others that do the same.
 *
 * <p>It decides on a mirror of the store less its own plans that the mirror does not show yet, and
 * proposes several transactions before the first is answered. What is refused is decided anew once
 * the mirror has reached the order ID at which it was refused. It ends: a task is proposed a
 * bounded number of times.
 *
 * <p>One use only; everything happens on the thread that calls {@link #run}. Bounds of its queue:
 * answers by the transactions in flight; the mirror's events by the speed of the store, which they
 * are small beside.
 */
public final class PlacementScheduler {
  private final SchedulerSettings settings;
  private final OrdinalClient client;
  private final KnownCluster known;
  private final Agenda agenda;
  private final Proposer proposer;
  private final Tally tally;
  private final BlockingQueue<Signal> inbox = new LinkedBlockingQueue<>();

  /** How many proposals are under way on each node. */
  private final Map<Node, Integer> busyNodes = new HashMap<>();

  private int inFlight;

  /**
   * A scheduler for {@code tasks}.
   *
   * @param cluster the nodes as they were registered, see {@link ClusterRegistration}
   */
  public PlacementScheduler(
      SchedulerSettings settings,
      Cluster cluster,
      List<Task> tasks,
      OrdinalClient client,
      SchedulerListener listener) {
    this.settings = settings;
    this.client = client;
    this.known = new KnownCluster(cluster);
    this.agenda = new Agenda(tasks, settings.shape().batch());
    this.tally = new Tally(listener);
    this.proposer = new Proposer(settings, known, agenda, tally);
  }

  /** The tasks of scheduler {@code index} of {@code schedulers}: every i with i mod N = index. */
  public static List<Task> share(List<Task> tasks, int index, int schedulers) {
    List<Task> share = new ArrayList<>();
    for (int i = index; i < tasks.size(); i += schedulers) {
      share.add(tasks.get(i));
    }
    return share;
  }

  /**
   * Places what can be placed, and returns when every task is placed or given up.
   *
   * @param registeredAt the mirror is awaited up to this order ID before anything is decided
   * @throws InterruptedException if the thread is interrupted; proposals under way may take effect
   * @throws IllegalStateException if the store does not hold the cluster, or refuses a transaction
   *     as invalid
   */
  public SchedulerReport run(OrderId registeredAt) throws InterruptedException {
    try (Mirror mirror = client.mirror(List.of(StoreLayout.NODES, StoreLayout.TASKS))) {
      await(mirror, registeredAt);
      try (Mirror.Registration _ = mirror.listen(event -> inbox.add(new Signal.Mirrored(event)))) {
        handle(inbox.take(), mirror);
        proposeAll(mirror);
        while (inFlight > 0 || !agenda.isEmpty()) {
          handle(inbox.take(), mirror);
          proposeAll(mirror);
        }
      }
    }
    return tally.report(settings.name());
  }

  private static void await(Mirror mirror, OrderId order) throws InterruptedException {
    try {
      mirror.awaitOrder(order).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the mirror ended before order ID " + order, e.getCause());
    }
  }

  /** Proposes as much as may be under way. */
  private void proposeAll(Mirror mirror) {
    while (inFlight < settings.inFlightLimit()) {
      switch (proposer.next(mirror.view(), inFlight, busyNodes.keySet())) {
        case Proposer.Step.Send(Bundle bundle, List<Choice> members) ->
            send(new Proposal(bundle, members, System.nanoTime()));
        case Proposer.Step.Again() -> {}
        case Proposer.Step.Wait() -> {
          return;
        }
      }
    }
  }

  private void send(Proposal proposal) {
    tally.proposed(proposal.members().size());
    inFlight++;
    Proposal.nodes(proposal.members()).forEach(node -> busyNodes.merge(node, 1, Integer::sum));
    CompletableFuture<Void> _ =
        client
            .commitAsync(proposer.write(proposal.members()))
            .thenAccept(outcome -> {
              long latencyNanos = System.nanoTime() - proposal.sentNanos();
              inbox.add(new Signal.Answered(proposal, outcome, latencyNanos));
            });
  }

  private void handle(Signal first, Mirror mirror) {
    for (Signal signal = first; signal != null; signal = inbox.poll()) {
      switch (signal) {
        case Signal.Mirrored(var event) -> known.apply(event);
        case Signal.CaughtUp(OrderId order) -> known.caughtUp(order);
        case Signal.MirrorEnded(Throwable cause) ->
            throw new IllegalStateException("the mirror ended while tasks were open", cause);
        case Signal.Answered(Proposal proposal, Outcome outcome, long latencyNanos) -> {
          inFlight--;
          Proposal.nodes(proposal.members()).forEach(this::noLongerBusy);
          tally.answered(outcome, latencyNanos);
          settle(proposal, outcome, mirror);
        }
      }
    }
  }

  private void noLongerBusy(Node node) {
    busyNodes.computeIfPresent(node, (_, count) -> count == 1 ? null : count - 1);
  }

  private void settle(Proposal proposal, Outcome outcome, Mirror mirror) {
    Bundle bundle = proposal.bundle().proposedOnce();
    switch (outcome) {
      case Outcome.Committed(OrderId order, List<GroupOutcome> groups) -> {
        settleMembers(proposal, order, groups);
        again(refusedTasks(bundle, groups), order, mirror);
      }
      case Outcome.Refused(List<GroupOutcome> groups, OrderId currentOrder) -> {
        giveUp(proposal);
        groups.forEach(this::countRefusal);
        again(bundle, currentOrder, mirror);
      }
      case Outcome.TooOld(OrderId _, OrderId currentOrder) -> {
        giveUp(proposal);
        again(bundle, currentOrder, mirror);
      }
      case Outcome.OutOfRange(OrderId currentOrder, var _) -> {
        giveUp(proposal);
        again(bundle, currentOrder, mirror);
      }
      case Outcome.NotAccepted _ -> {
        giveUp(proposal);
        again(bundle, OrderId.NONE, mirror);
      }
      case Outcome.Unknown _ -> {
        giveUp(proposal);
        again(bundle.asUncertain(), OrderId.NONE, mirror);
      }
      case Outcome.Invalid(String reason) ->
          throw new IllegalStateException("the store does not accept a plan: " + reason);
    }
  }

  private void settleMembers(Proposal proposal, OrderId order, List<GroupOutcome> groups) {
    List<Node> nodes = new ArrayList<>();
    for (int index = 0; index < proposal.members().size(); index++) {
      Choice member = proposal.members().get(index);
      if (groups.get(index) instanceof GroupOutcome.Accepted(int alternative)) {
        Placement placement = member.alternatives().get(alternative);
        nodes.add(placement.node());
        tally.placed(placement, order);
      } else {
        known.giveUp(member.preferred());
        countRefusal(groups.get(index));
      }
    }
    known.committed(order, nodes);
  }

  private void countRefusal(GroupOutcome group) {
    if (group instanceof GroupOutcome.Refused(Refusal refusal)) {
      tally.refused(refusal);
    }
  }

  private static Bundle refusedTasks(Bundle bundle, List<GroupOutcome> groups) {
    List<Task> refused = new ArrayList<>();
    for (int index = 0; index < groups.size(); index++) {
      if (!groups.get(index).isAccepted()) {
        refused.add(bundle.tasks().get(index));
      }
    }
    return bundle.with(refused);
  }

  private void giveUp(Proposal proposal) {
    proposal.members().forEach(member -> known.giveUp(member.preferred()));
  }

  /** Has the tasks decided anew once the mirror shows {@code order}, or gives them up. */
  private void again(Bundle bundle, OrderId order, Mirror mirror) {
    if (bundle.tasks().isEmpty()) {
      return;
    }
    agenda.putWaiting(bundle.readyAt(order));
    if (known.shownOrder().isBefore(order)) {
      CompletableFuture<Void> _ =
          mirror
              .awaitOrder(order)
              .handle((view, failure) -> {
                inbox.add(
                    failure == null
                        ? new Signal.CaughtUp(view.order())
                        : new Signal.MirrorEnded(failure));
                return null;
              });
    }
  }
}
