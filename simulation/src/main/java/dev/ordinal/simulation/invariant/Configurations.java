package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.ConfigurationCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which configurations have been decided so far, and the disks of their voters. A disk is known by
 * its incarnation: disk 7 is {@code Incarnation(0, 7)}, whichever node it is under. Only {@link
 * Agreement} adds to the configurations, only the world to the disks.
 */
final class Configurations {
  private final List<Stretch> stretches = new ArrayList<>();
  private final List<? extends DiskFacts> disks;

  /** {@code disks} 1, 2, …; may grow. */
  Configurations(Configuration first, List<? extends DiskFacts> disks) {
    this.disks = disks;
    stretches.add(Stretch.first(first));
  }

  void onDecided(LoggedEntry logged) {
    if (logged.entry().kind() == Entry.Kind.STOP_SIGN) {
      byte[] next = logged.entry().payload().bytes();
      stretches.add(new Stretch(logged.slot(), ConfigurationCodec.decode(next)));
    }
  }

  Stretch latest() {
    return stretches.getLast();
  }

  /** Null if no configuration {@code number} is decided. */
  @Nullable Stretch numbered(long number) {
    boolean decided = number >= 1 && number <= stretches.size();
    return decided ? stretches.get(Math.toIntExact(number - 1)) : null;
  }

  /** Which configuration decides {@code slot}. */
  Configuration deciding(long slot) {
    for (Stretch stretch : stretches.reversed()) {
      if (stretch.since() < slot) {
        return stretch.configuration();
      }
    }
    throw new IllegalArgumentException("slots start at 1, was " + slot);
  }

  List<? extends DiskFacts> disks() {
    return disks;
  }

  DiskFacts disk(int number) {
    return disks.get(number - 1);
  }

  /** The voters of {@code configuration} whose disks are as {@code test} says. */
  Set<Integer> voters(Configuration configuration, Predicate<DiskFacts> test) {
    Set<Integer> found = new TreeSet<>();
    for (Configuration.Member member : configuration.members()) {
      if (configuration.isVoter(member.node()) && test.test(disk(diskOf(member)))) {
        found.add(member.node());
      }
    }
    return found;
  }

  static int diskOf(Configuration.Member member) {
    return Math.toIntExact(member.incarnation().low());
  }

  /** Whether disk {@code number} is a voter's in {@code configuration}. */
  static boolean votes(Configuration configuration, int number) {
    for (Configuration.Member member : configuration.members()) {
      if (diskOf(member) == number) {
        return configuration.isVoter(member.node());
      }
    }
    return false;
  }
}
