package dev.ordinal.simulation.trace;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.Observation;
import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each thing occurred: what replicas observed, what callers were told, and which message
 * met which role. What never occurs in a sweep was never tested by it.
 */
public final class Coverage {
  private final Map<String, Long> counts = new TreeMap<>();

  /**
   * Everything that a sweep of some thousand seeds has to reach. No pair of role and message is
   * impossible: any message may come so late that its receiver has become something else.
   */
  public static List<String> expected() {
    List<String> names = new ArrayList<>();
    for (Class<?> observation : Observation.class.getPermittedSubclasses()) {
      if (observation != Observation.SteppedDown.class) {
        names.add("observed " + observation.getSimpleName());
      }
    }
    for (Observation.Reason reason : Observation.Reason.values()) {
      names.add("observed SteppedDown " + reason);
    }
    for (Class<?> verdict : Verdict.class.getPermittedSubclasses()) {
      if (verdict != Verdict.OnMembership.class) {
        names.add("answered " + verdict.getSimpleName());
      }
    }
    for (Class<?> verdict : Verdict.OnMembership.class.getPermittedSubclasses()) {
      names.add("answered " + verdict.getSimpleName());
    }
    for (Class<?> message : Message.class.getPermittedSubclasses()) {
      for (ReplicaView.Role role : ReplicaView.Role.values()) {
        names.add(cell(role, message));
      }
    }
    return names;
  }

  /**
   * One step took {@code events}. Which role met the later ones is known only if it was the same
   * {@code before} and {@code after}.
   */
  public void step(ReplicaView.Role before, ReplicaView.Role after, List<Event> events) {
    List<Event> met = before == after ? events : events.subList(0, 1);
    for (Event event : met) {
      if (event instanceof Event.Received(int _, Message message)) {
        count(cell(before, message.getClass()));
      }
    }
  }

  public void effect(Effect effect) {
    if (effect instanceof Effect.Observe(Observation observation)) {
      count(name(observation));
    } else if (effect instanceof Effect.Answer(long _, Verdict verdict)) {
      count("answered " + verdict.getClass().getSimpleName());
    }
  }

  public void fault(String name) {
    count("fault " + name);
  }

  public void add(Coverage other) {
    other.counts.forEach((name, count) -> counts.merge(name, count, Long::sum));
  }

  /** Which of {@link #expected} never occurred. */
  public List<String> missing() {
    return expected().stream().filter(name -> !counts.containsKey(name)).toList();
  }

  /** By name, in order. */
  public Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  private void count(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  private static String name(Observation observation) {
    String name = "observed " + observation.getClass().getSimpleName();
    return observation instanceof Observation.SteppedDown(var _, var reason)
        ? name + " " + reason
        : name;
  }

  private static String cell(ReplicaView.Role role, Class<?> message) {
    return role + " takes " + message.getSimpleName();
  }
}
