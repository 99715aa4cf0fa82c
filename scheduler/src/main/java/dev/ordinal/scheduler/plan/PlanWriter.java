package dev.ordinal.scheduler.plan;

import dev.ordinal.client.Alternative;
import dev.ordinal.client.Group;
import dev.ordinal.client.Guard;
import dev.ordinal.client.Key;
import dev.ordinal.client.Mode;
import dev.ordinal.client.Operation;
import dev.ordinal.client.Policy;
import dev.ordinal.client.Transaction;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Resource;
import dev.ordinal.scheduler.placement.Choice;
import dev.ordinal.scheduler.stored.NodeRecord;
import dev.ordinal.scheduler.stored.StoreLayout;
import dev.ordinal.scheduler.stored.TaskRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a plan as a transaction: a group for each task, which is accepted only while the task has
 * no placement.
 *
 * <p>With every detection the counters are changed, and so nothing is ever overcommitted. What
 * differs is what else must hold: nothing ({@link Detection#RESOURCE}); that no node that a task
 * may go to got a placement since ({@link Detection#NODE}, for which each placement also rewrites
 * the node's record); or that nothing was committed since ({@link Detection#JOURNAL}).
 */
public final class PlanWriter {
  private final String scheduler;
  private final PlanShape shape;

  public PlanWriter(String scheduler, PlanShape shape) {
    this.scheduler = scheduler;
    this.shape = shape;
  }

  public Transaction write(List<Choice> members, ReadPoint point) {
    Transaction.Builder builder =
        switch (shape.detection()) {
          case RESOURCE -> Transaction.blind();
          case NODE -> Transaction.reading(point.history(), point.order());
          case JOURNAL -> Transaction.reading(point.history(), point.order()).mode(Mode.JOURNAL);
        };
    builder.policy(
        switch (shape.commit()) {
          case INCREMENTAL -> Policy.incremental();
          case GANG -> Policy.all();
        });
    builder.label("scheduler", scheduler);
    members.forEach(choice -> builder.group(group(choice, point)));
    return builder.build();
  }

  private Group group(Choice choice, ReadPoint point) {
    Group.Builder group = Group.builder();
    group.require(Guard.absent(StoreLayout.task(choice.task().name())));
    for (Placement placement : choice.alternatives()) {
      if (shape.detection() == Detection.NODE) {
        group.read(StoreLayout.node(placement.node()), point.order(placement.node()));
      }
      group.alternative(new Alternative(List.of(), operations(placement)));
    }
    return group.build();
  }

  private List<Operation> operations(Placement placement) {
    Node node = placement.node();
    Request request = placement.task().request();
    List<Operation> operations = new ArrayList<>();
    addClaim(operations, node, new Resource.Cpu(), request.cpuMilli());
    addClaim(operations, node, new Resource.Memory(), request.memoryMib());
    for (int index : placement.devices().indices()) {
      addClaim(operations, node, new Resource.Gpu(index), request.gpuMilli());
    }
    if (shape.detection() == Detection.NODE) {
      Key key = StoreLayout.node(node);
      operations.add(Operation.put(key, NodeRecord.of(node.shape()).encode()).asBlind());
    }
    Key task = StoreLayout.task(placement.task().name());
    operations.add(Operation.put(task, TaskRecord.of(placement, scheduler).encode()).asBlind());
    return operations;
  }

  private static void addClaim(
      List<Operation> operations, Node node, Resource resource, long amount) {
    if (amount > 0) {
      operations.add(Operation.add(StoreLayout.free(node, resource), -amount));
    }
  }
}
