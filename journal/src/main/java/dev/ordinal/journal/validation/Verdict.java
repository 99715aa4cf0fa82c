package dev.ordinal.journal.validation;

import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Key;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;

/** What a transaction may do. */
public sealed interface Verdict {
  /** It commits: {@code writes} take effect, one write a key. */
  record Commit(List<GroupOutcome> groups, NavigableMap<Key, Write> writes) implements Verdict {
    public Commit {
      groups = List.copyOf(groups);
      writes = Collections.unmodifiableNavigableMap(writes);
    }
  }

  /** Nothing takes effect. */
  record Refuse(Outcome outcome) implements Verdict {}
}
