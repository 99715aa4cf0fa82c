package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.Stretch;
import java.util.Map;
import java.util.TreeMap;

/**
 * I9: a configuration is entered only where the stop-sign that begins it is decided, in one group
 * with everything decided before; and nobody speaks in it as a voter before that is durable.
 */
final class CompletePrefix implements Invariant {
  private static final String NAME = "I9 a configuration begins with what was decided before it";

  private final Decisions decisions;
  private final Configurations configurations;

  /** By disk; what is checked once stays true, because decided never decreases. */
  private final Map<Integer, Stretch> checked = new TreeMap<>();

  CompletePrefix(Decisions decisions, Configurations configurations) {
    this.decisions = decisions;
    this.configurations = configurations;
  }

  @Override
  public void onStart(int member, Image image) {
    long number = image.stretch().configuration().number();
    Stretch next = configurations.numbered(Math.max(number, 1) + 1);
    if (next != null && image.decided() >= next.since()) {
      throw new Violation(
          NAME,
          "disk %d starts with %d decided, beyond %s, and is in configuration %d"
              .formatted(member, image.decided(), next, number));
    }
  }

  @Override
  public void onDurable(int member, DiskFacts disk) {
    Stretch here = disk.stretch();
    long number = here.configuration().number();
    if (number == 0 || here.equals(checked.put(member, here))) {
      return;
    }
    boolean holds =
        here.equals(configurations.numbered(number))
            && disk.decided() >= here.since()
            && disk.holds(here.since(), decisions.hashThrough(here.since()));
    if (!holds) {
      throw new Violation(
          NAME,
          "disk %d is in %s, decided is %s; it has %d entries, %d decided"
              .formatted(
                  member, here, configurations.numbered(number), disk.length(), disk.decided()));
    }
  }

  @Override
  public void onClaim(int member, Message message, DiskFacts disk) {
    long durable = disk.stretch().configuration().number();
    boolean votes =
        switch (message) {
          case Message.Prepare _,
              Message.Promise _,
              Message.Reject _,
              Message.Sync _,
              Message.Accept _,
              Message.Accepted _,
              Message.Commit _,
              Message.Heartbeat _,
              Message.Transfer _ ->
              true;
          case Message.HeartbeatReply reply -> reply.verified() >= 0;
          case Message.Probe _,
              Message.ProbeReply _,
              Message.Report _,
              Message.Want _,
              Message.CatchUp _,
              Message.Resigned _,
              Message.Closed _ ->
              false;
        };
    if (votes && message.configuration() > durable) {
      throw new Violation(
          NAME, "disk %d says %s and is in configuration %d".formatted(member, message, durable));
    }
  }
}
