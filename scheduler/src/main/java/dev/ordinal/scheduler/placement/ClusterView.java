package dev.ordinal.scheduler.placement;

import dev.ordinal.scheduler.cluster.Check;
import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.DeviceSet;
import dev.ordinal.scheduler.cluster.InvariantViolation;
import dev.ordinal.scheduler.cluster.Node;
import dev.ordinal.scheduler.cluster.Placement;
import dev.ordinal.scheduler.cluster.Request;
import dev.ordinal.scheduler.cluster.Resource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What is free on each node, as one scheduler sees it: the one feasibility function for proposing,
 * gang planning and explaining. Not thread-safe.
 *
 * <p>It starts with everything free. A scheduler claims its own plans, releases what was refused,
 * and adjusts single resources by what the store reports of others. Between the moment at which a
 * plan of somebody else arrives and the refusal of an own plan that it beat, a resource may be
 * below zero: nothing fits there until the plan is released.
 */
public final class ClusterView {
  /** Parts into which the largest capacity of a dimension is divided to compare dimensions. */
  private static final long SCALE = 1_000_000;

  /** The answer of {@link #fit} where a demand does not fit; every set of devices is above it. */
  static final long NO_FIT = -1;

  private final Cluster cluster;

  // By position of the node. Each is at most the capacity.
  private final long[] freeCpuMilli;
  private final long[] freeMemoryMib;

  /** The sum over the devices of the node. */
  private final long[] freeGpuMilli;

  /** Device i of node p is at {@code firstDevice[p] + i}. */
  private final int[] firstDevice;

  private final int[] freeDeviceMilli;

  private final Map<Request, Demand> demands = new HashMap<>();

  /** How often something became free; see {@link Demand#unplaceableAtRelease}. */
  private long releases;

  /** Everything is free. */
  public ClusterView(Cluster cluster) {
    int size = cluster.size();
    this.cluster = cluster;
    this.freeCpuMilli = new long[size];
    this.freeMemoryMib = new long[size];
    this.freeGpuMilli = new long[size];
    this.firstDevice = new int[size + 1];
    for (Node node : cluster.nodes()) {
      int position = node.position();
      freeCpuMilli[position] = node.shape().cpuMilli();
      freeMemoryMib[position] = node.shape().memoryMib();
      freeGpuMilli[position] = node.shape().gpuMilli();
      firstDevice[position + 1] = firstDevice[position] + node.shape().gpus();
    }
    this.freeDeviceMilli = new int[firstDevice[size]];
    Arrays.fill(freeDeviceMilli, DeviceSet.DEVICE_MILLI);
  }

  public Cluster cluster() {
    return cluster;
  }

  /** What is free of one resource; below zero as the class comment says. */
  public long free(Node node, Resource resource) {
    int position = node.position();
    return switch (resource) {
      case Resource.Cpu() -> freeCpuMilli[position];
      case Resource.Memory() -> freeMemoryMib[position];
      case Resource.Gpu(int index) -> freeDeviceMilli[device(position, index)];
    };
  }

  /**
   * Takes what the placement needs.
   *
   * @throws InvariantViolation if it does not fit
   */
  public void claim(Placement placement) {
    if (!fits(placement)) {
      throw new InvariantViolation(
          "%s does not fit: %s"
              .formatted(placement, obstacle(placement.node(), placement.task().request())));
    }
    add(placement, -1);
  }

  /**
   * Gives back what the placement took.
   *
   * @throws InvariantViolation if more would be free than there is
   */
  public void release(Placement placement) {
    releases++;
    add(placement, 1);
  }

  /**
   * Somebody else claimed (negative) or released (positive) something.
   *
   * @throws InvariantViolation if more would be free than there is
   */
  public void adjust(Node node, Resource resource, long delta) {
    if (delta > 0) {
      releases++;
    }
    int position = node.position();
    switch (resource) {
      case Resource.Cpu() -> freeCpuMilli[position] += delta;
      case Resource.Memory() -> freeMemoryMib[position] += delta;
      case Resource.Gpu(int index) -> addDevice(position, index, Math.toIntExact(delta));
    }
    checkCapacity(node);
  }

  /** Whether the placement's node and its very devices are free enough. */
  public boolean fits(Placement placement) {
    Demand demand = demand(placement.task().request());
    int position = placement.node().position();
    if (fit(position, demand) == NO_FIT) {
      return false;
    }
    for (int index : placement.devices().indices()) {
      if (freeDeviceMilli[device(position, index)] < demand.gpuMilli) {
        return false;
      }
    }
    return true;
  }

  /** The first check that a task with this request fails on the node. */
  public Obstacle obstacle(Node node, Request request) {
    Demand demand = demand(request);
    int position = node.position();
    if (!demand.allowedModels[cluster.model(position)]) {
      return new Obstacle.Spec(node.shape().model());
    }
    if (freeCpuMilli[position] < demand.cpuMilli) {
      return new Obstacle.Cpu(demand.cpuMilli, freeCpuMilli[position]);
    }
    if (freeMemoryMib[position] < demand.memoryMib) {
      return new Obstacle.Memory(demand.memoryMib, freeMemoryMib[position]);
    }
    if (fit(position, demand) == NO_FIT) {
      return new Obstacle.Gpu(demand.gpus, demand.gpuMilli, freeGpuMilli[position]);
    }
    return new Obstacle.None();
  }

  /** Counts the nodes by {@link #obstacle}, with what is free now. */
  public Explanation explain(Request request) {
    int spec = 0;
    int cpu = 0;
    int memory = 0;
    int gpu = 0;
    int fitting = 0;
    for (Node node : cluster.nodes()) {
      switch (obstacle(node, request)) {
        case Obstacle.Spec _ -> spec++;
        case Obstacle.Cpu _ -> cpu++;
        case Obstacle.Memory _ -> memory++;
        case Obstacle.Gpu _ -> gpu++;
        case Obstacle.None _ -> fitting++;
      }
    }
    return new Explanation(cluster.size(), spec, cpu, memory, gpu, fitting);
  }

  /** The demand of equal requests is one object. */
  Demand demand(Request request) {
    return demands.computeIfAbsent(request, wanted -> new Demand(wanted, cluster));
  }

  /** Whether the demand fitted nowhere, and nothing was released since. */
  boolean isKnownUnplaceable(Demand demand) {
    return demand.unplaceableAtRelease == releases;
  }

  /** The caller has looked at every node. */
  void markUnplaceable(Demand demand) {
    demand.unplaceableAtRelease = releases;
  }

  /** The mask of the devices that the demand would take on the node, or {@link #NO_FIT}. */
  long fit(int position, Demand demand) {
    if (freeCpuMilli[position] < demand.cpuMilli
        || freeMemoryMib[position] < demand.memoryMib
        || !demand.allowedModels[cluster.model(position)]) {
      return NO_FIT;
    }
    if (demand.gpus == 0) {
      return 0;
    }
    if (freeGpuMilli[position] < demand.gpuTotalMilli) {
      return NO_FIT;
    }
    return demand.sharesDevice
        ? tightestDevice(position, demand.gpuMilli)
        : wholeDevices(position, demand.gpus);
  }

  /**
   * What would be left on the node after the demand, over all dimensions: the sum of floor(free *
   * 1,000,000 / largest capacity in the cluster). Integers only, so that two programs agree. The
   * demand must fit.
   */
  long residual(int position, Demand demand) {
    return (freeCpuMilli[position] - demand.cpuMilli) * SCALE / cluster.largestCpuMilli()
        + (freeMemoryMib[position] - demand.memoryMib) * SCALE / cluster.largestMemoryMib()
        + (freeGpuMilli[position] - demand.gpuTotalMilli) * SCALE / cluster.largestGpuMilli();
  }

  /** The device with the least that is still enough; of equals the one with the lowest index. */
  private long tightestDevice(int position, int milli) {
    int first = firstDevice[position];
    int until = firstDevice[position + 1];
    int tightest = -1;
    int least = DeviceSet.DEVICE_MILLI + 1;
    for (int device = first; device < until; device++) {
      int free = freeDeviceMilli[device];
      if (milli <= free && free < least) {
        least = free;
        tightest = device;
      }
    }
    return tightest < 0 ? NO_FIT : 1L << (tightest - first);
  }

  /** The fully free devices with the lowest indices. */
  private long wholeDevices(int position, int count) {
    int first = firstDevice[position];
    int until = firstDevice[position + 1];
    long mask = 0;
    int missing = count;
    for (int device = first; device < until && missing > 0; device++) {
      if (freeDeviceMilli[device] == DeviceSet.DEVICE_MILLI) {
        mask |= 1L << (device - first);
        missing--;
      }
    }
    return missing == 0 ? mask : NO_FIT;
  }

  private void add(Placement placement, int sign) {
    Request request = placement.task().request();
    int position = placement.node().position();
    freeCpuMilli[position] += sign * request.cpuMilli();
    freeMemoryMib[position] += sign * request.memoryMib();
    for (int index : placement.devices().indices()) {
      addDevice(position, index, sign * request.gpuMilli());
    }
    checkCapacity(placement.node());
  }

  private void addDevice(int position, int index, int delta) {
    int device = device(position, index);
    freeDeviceMilli[device] += delta;
    freeGpuMilli[position] += delta;
    Check.invariant(
        freeDeviceMilli[device] <= DeviceSet.DEVICE_MILLI,
        "device %d of node %s has %d thousandths free",
        index,
        cluster.node(position).name(),
        freeDeviceMilli[device]);
  }

  private void checkCapacity(Node node) {
    int position = node.position();
    Check.invariant(
        freeCpuMilli[position] <= node.shape().cpuMilli()
            && freeMemoryMib[position] <= node.shape().memoryMib(),
        "node %s has more free than it has: cpu %d of %d, memory %d of %d",
        node.name(),
        freeCpuMilli[position],
        node.shape().cpuMilli(),
        freeMemoryMib[position],
        node.shape().memoryMib());
  }

  private int device(int position, int index) {
    int device = firstDevice[position] + index;
    Check.argument(
        device < firstDevice[position + 1],
        "node %s has no device %d",
        cluster.node(position).name(),
        index);
    return device;
  }
}
