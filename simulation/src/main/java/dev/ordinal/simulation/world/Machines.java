package dev.ordinal.simulation.world;

import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.simulation.conditions.Chance;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine of every node, which may lose its disk and get an empty one: that is another machine
 * in its place. As a list, those of nodes 1, 2, … as they are now.
 */
final class Machines extends AbstractList<Machine> {
  private final Stage stage;
  private final Chance chance;
  private final Machine.Links links;
  private final List<DurableLog> disks;
  private final List<Machine> now = new ArrayList<>();

  /** {@code disks} is the oracle's account of all disks that there ever were. */
  Machines(Stage stage, Chance chance, Machine.Links links, List<DurableLog> disks) {
    this.stage = stage;
    this.chance = chance;
    this.links = links;
    this.disks = disks;
  }

  @Override
  public Machine get(int index) {
    return now.get(index);
  }

  @Override
  public int size() {
    return now.size();
  }

  Machine of(int node) {
    return now.get(node - 1);
  }

  /** One more node, on a disk that was formatted for {@code first}. */
  void add(Configuration first) {
    now.add(build(now.size() + 1, first));
  }

  /** The disk of {@code node} is lost; an empty one takes its place. */
  void wipe(int node) {
    of(node).wipe();
    now.set(node - 1, build(node, Configuration.NONE));
  }

  private Machine build(int node, Configuration first) {
    DurableLog facts = new DurableLog(first);
    disks.add(facts);
    VirtualDisk disk = new VirtualDisk(disks.size(), first, facts, stage.oracle());
    return new Machine(node, stage, chance.split(), links, disk);
  }
}
