package dev.ordinal.scheduler.stored;

import dev.ordinal.client.Key;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a cluster and its placements lie in the store.
 *
 * <pre>
 * node/NAME          what the node is, a {@link NodeRecord}
 * node/NAME/cpu      counter: free thousandths of a core, 0 to capacity
 * node/NAME/mem      counter: free mebibytes, 0 to capacity
 * node/NAME/gpu/I    counter: free thousandths of device I, 0 to 1000
 * task/NAME          where a task was placed, a {@link TaskRecord}
 * </pre>
 *
 * The counters' bounds are the capacity, so that no transaction can overcommit a node, whatever the
 * scheduler that wrote it believed.
 */
public final class StoreLayout {
  public static final Key NODES = Key.of("node/");
  public static final Key TASKS = Key.of("task/");

  private StoreLayout() {}

  public static Key node(Node node) {
    return Key.of("node/" + node.name());
  }

  /** The counter of what is free of a resource. */
  public static Key free(Node node, Resource resource) {
    String name = "node/" + node.name();
    return switch (resource) {
      case Resource.Cpu() -> Key.of(name + "/cpu");
      case Resource.Memory() -> Key.of(name + "/mem");
      case Resource.Gpu(int index) -> Key.of(name + "/gpu/" + index);
    };
  }

  /** Everything of a node that is divided among tasks. */
  public static List<Resource> resources(Node node) {
    List<Resource> resources = new ArrayList<>();
    resources.add(new Resource.Cpu());
    resources.add(new Resource.Memory());
    for (int index = 0; index < node.shape().gpus(); index++) {
      resources.add(new Resource.Gpu(index));
    }
    return resources;
  }

  public static Key task(String name) {
    return Key.of("task/" + name);
  }
}
