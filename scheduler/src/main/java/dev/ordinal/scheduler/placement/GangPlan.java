package dev.ordinal.scheduler.placement;

import dev.ordinal.scheduler.cluster.Task;
import java.util.List;

/** What became of planning several tasks together. */
public sealed interface GangPlan {
  /** Every member has a place; the preferred ones are claimed in the view. */
  record Planned(List<Choice> members) implements GangPlan {
    public Planned {
      members = List.copyOf(members);
    }
  }

  /**
   * A member has none; nothing is claimed.
   *
   * @param member its index in the gang, from 0
   * @param explanation with the members before it in place
   */
  record Refused(int member, Task task, Explanation explanation) implements GangPlan {}
}
