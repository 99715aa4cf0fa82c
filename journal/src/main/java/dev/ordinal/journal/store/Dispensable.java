package dev.ordinal.journal.store;

import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.transaction.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * What nobody needs who reads at the last of some records or later: the records say it. An effect
 * that names the order ID before it has superseded that version; one that deletes is needed by
 * nobody itself, since a key without a version does not exist either. Each version is named so by
 * exactly one record, hence removed exactly once.
 *
 * @param through the last of the records
 * @param superseded versions that are in history
 * @param deletions versions that are the newest of their keys, or in history if the keys were
 *     written again
 */
record Dispensable(long through, List<Place> superseded, List<Place> deletions) {

  /** A version of a key. */
  record Place(Key key, long order) {}

  /** What {@code records}, ascending and at least one, leave behind. */
  static Dispensable after(List<JournalRecord> records) {
    List<Place> superseded = new ArrayList<>();
    List<Place> deletions = new ArrayList<>();
    for (JournalRecord each : records) {
      for (Effect effect : each.effects()) {
        if (effect.priorOrder() != 0) {
          superseded.add(new Place(effect.key(), effect.priorOrder()));
        }
        if (!effect.state().exists()) {
          deletions.add(new Place(effect.key(), each.order()));
        }
      }
    }
    return new Dispensable(records.getLast().order(), superseded, deletions);
  }

  /** As many of {@code records} from the first on as a step may take, at least one. */
  static List<JournalRecord> step(List<JournalRecord> records, long through, int effectsMax) {
    int count = 0;
    int effects = 0;
    while (count < records.size()
        && records.get(count).order() <= through
        && effects < effectsMax) {
      effects += records.get(count).effects().size();
      count++;
    }
    return records.subList(0, count);
  }

  int size() {
    return superseded.size() + deletions.size();
  }
}
