package dev.ordinal.scheduler.submit;

import dev.ordinal.client.Mirror;
import dev.ordinal.client.Row;
import dev.ordinal.client.Transaction;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.Choice;
import dev.ordinal.scheduler.placement.Explanation;
import dev.ordinal.scheduler.placement.GangPlan;
import dev.ordinal.scheduler.placement.Placer;
import dev.ordinal.scheduler.plan.CommitMode;
import dev.ordinal.scheduler.plan.Detection;
import dev.ordinal.scheduler.plan.PlanWriter;
import dev.ordinal.scheduler.stored.StoreLayout;
import dev.ordinal.scheduler.stored.TaskRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Decides what a scheduler proposes next. */
final class Proposer {
  private final SchedulerSettings settings;
  private final KnownCluster known;
  private final Agenda agenda;
  private final Tally tally;
  private final Placer placer;
  private final PlanWriter writer;

  /** What to do next. */
  sealed interface Step {
    /** Propose these; their preferred places are claimed. */
    record Send(Bundle bundle, List<Choice> members) implements Step {}

    /** Something was decided without a proposal; ask again. */
    record Again() implements Step {}

    /** Nothing until something happens. */
    record Wait() implements Step {}
  }

  Proposer(SchedulerSettings settings, KnownCluster known, Agenda agenda, Tally tally) {
    this.settings = settings;
    this.known = known;
    this.agenda = agenda;
    this.tally = tally;
    this.placer =
        new Placer(known.view(), settings.policy(), new SplittableRandom(settings.seed()));
    this.writer = new PlanWriter(settings.name(), settings.shape());
  }

  Transaction write(List<Choice> members) {
    return writer.write(members, known);
  }

  /**
   * Takes the next bundle and chooses for it.
   *
   * @param inFlight proposals under way
   * @param busy nodes that they may change
   */
  Step next(Mirror.View shown, int inFlight, Set<Node> busy) {
    Optional<Bundle> bundle = agenda.next(known.shownOrder());
    if (bundle.isEmpty()) {
      return inFlight > 0 ? new Step.Wait() : reconsider();
    }
    Bundle open = bundle.get().uncertain() ? withoutPlaced(bundle.get(), shown) : bundle.get();
    if (open.tasks().isEmpty()) {
      return new Step.Again();
    }
    if (open.attempts() >= settings.attemptsMax()) {
      exhausted(open);
      return new Step.Again();
    }
    boolean together = settings.shape().commit() == CommitMode.GANG && open.tasks().size() > 1;
    return together ? chooseTogether(open, busy) : chooseEach(open, busy);
  }

  private Step chooseTogether(Bundle bundle, Set<Node> busy) {
    return switch (placer.chooseTogether(bundle.tasks(), settings.shape().alternatives())) {
      case GangPlan.Planned(List<Choice> members) -> {
        members.forEach(member -> known.view().release(member.preferred()));
        yield send(bundle, members, busy);
      }
      case GangPlan.Refused _ -> {
        agenda.putFirst(bundle.apart());
        yield new Step.Again();
      }
    };
  }

  private Step chooseEach(Bundle bundle, Set<Node> busy) {
    List<Choice> members = new ArrayList<>();
    List<Agenda.Doubtful> doubtful = new ArrayList<>();
    for (Task task : bundle.tasks()) {
      Optional<Choice> choice = placer.choose(task, settings.shape().alternatives());
      if (choice.isPresent()) {
        members.add(choice.get());
        known.view().claim(choice.get().preferred());
      } else {
        Explanation explanation = known.view().explain(task.request());
        doubtful.add(new Agenda.Doubtful(bundle.with(List.of(task)), explanation));
      }
    }
    members.forEach(member -> known.view().release(member.preferred()));
    if (mustWait(members, busy)) {
      agenda.putFirst(List.of(bundle));
      return new Step.Wait();
    }
    doubtful.forEach(agenda::putDoubtful);
    if (members.isEmpty()) {
      return new Step.Again();
    }
    return send(bundle.with(members.stream().map(Choice::task).toList()), members, busy);
  }

  private Step send(Bundle bundle, List<Choice> members, Set<Node> busy) {
    if (mustWait(members, busy)) {
      agenda.putFirst(List.of(bundle));
      return new Step.Wait();
    }
    members.forEach(member -> known.claim(member.preferred()));
    return new Step.Send(bundle, members);
  }

  /** Versions of nodes are not known while an own proposal there is under way. */
  private boolean mustWait(List<Choice> members, Set<Node> busy) {
    return settings.shape().detection() == Detection.NODE
        && !Collections.disjoint(Proposal.nodes(members), busy);
  }

  /** With no own plan under way, what does not fit now does not fit. */
  private Step reconsider() {
    Optional<Agenda.Doubtful> next = agenda.nextDoubtful();
    if (next.isEmpty()) {
      return new Step.Wait();
    }
    Task task = next.get().task();
    Bundle bundle = next.get().bundle();
    if (placer.choose(task, 1).isEmpty()) {
      tally.unplaced(task, next.get().explanation(), bundle.attempts());
    } else {
      agenda.putFirst(List.of(bundle));
    }
    return new Step.Again();
  }

  /** A gang that others always beat is tried member by member; a single task is given up. */
  private void exhausted(Bundle bundle) {
    if (bundle.tasks().size() > 1 && settings.shape().commit() == CommitMode.GANG) {
      agenda.putFirst(
          Bundle.of(bundle.tasks(), 1).stream()
              .map(single -> bundle.uncertain() ? single.asUncertain() : single)
              .toList());
      return;
    }
    for (Task task : bundle.tasks()) {
      tally.unplaced(task, known.view().explain(task.request()), bundle.attempts());
    }
  }

  /** Counts those tasks as placed that an earlier proposal has placed without our knowledge. */
  private Bundle withoutPlaced(Bundle bundle, Mirror.View shown) {
    List<Task> open = new ArrayList<>();
    for (Task task : bundle.tasks()) {
      Optional<Row> row = shown.get(StoreLayout.task(task.name()));
      if (row.isPresent()) {
        TaskRecord stored = TaskRecord.decode(row.get().value());
        Placement placement = stored.placement(task, known.view().cluster());
        tally.placed(placement, row.get().modifiedAt());
      } else {
        open.add(task);
      }
    }
    return bundle.with(open);
  }
}
