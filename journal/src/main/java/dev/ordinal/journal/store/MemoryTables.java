package dev.ordinal.journal.store;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.Row;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.retention.NotRetained;
import dev.ordinal.journal.state.Changes;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.state.LeaseChange;
import dev.ordinal.journal.state.LeaseHeader;
import dev.ordinal.journal.state.LeaseImage;
import dev.ordinal.journal.state.SessionChange;
import dev.ordinal.journal.state.SessionHeader;
import dev.ordinal.journal.state.SessionImage;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tables of {@link MemoryStateStore}. */
final class MemoryTables {
  private final NavigableMap<Key, NavigableMap<Long, KeyState>> versions = new TreeMap<>();
  private final NavigableMap<Long, JournalRecord> records = new TreeMap<>();
  private final NavigableMap<Long, SessionHeader> headers = new TreeMap<>();
  private final NavigableMap<Long, NavigableMap<Long, Outcome>> outcomes = new TreeMap<>();
  private final NavigableMap<Long, LeaseHeader> leases = new TreeMap<>();
  private final NavigableMap<Long, NavigableSet<Key>> attached = new TreeMap<>();
  private Head head;
  private long collectedThrough;
  private long removed;

  MemoryTables(Head initial) {
    this.head = initial;
  }

  Head head() {
    return head;
  }

  void apply(Changes changes) {
    Successor.require(head, changes);
    for (JournalRecord record : changes.records()) {
      records.put(record.order(), record);
      for (Effect effect : record.effects()) {
        versions
            .computeIfAbsent(effect.key(), key -> new TreeMap<>())
            .put(record.order(), effect.state());
      }
    }
    changes.sessions().forEach(this::apply);
    changes.leases().forEach(this::apply);
    head = changes.head();
  }

  private void apply(LeaseChange change) {
    switch (change) {
      case LeaseChange.Saved(LeaseHeader header) -> leases.put(header.id(), header);
      case LeaseChange.Attached(long lease, Key key) ->
          attached.computeIfAbsent(lease, id -> new TreeSet<>()).add(key);
      case LeaseChange.Detached(long lease, Key key) -> {
        NavigableSet<Key> keys = attached.get(lease);
        if (keys != null && keys.remove(key) && keys.isEmpty()) {
          attached.remove(lease);
        }
      }
      case LeaseChange.Removed(long lease) -> leases.remove(lease);
    }
  }

  private void apply(SessionChange change) {
    switch (change) {
      case SessionChange.Saved(SessionHeader header) -> headers.put(header.id(), header);
      case SessionChange.Recorded(long session, long sequence, Outcome outcome) ->
          outcomes.computeIfAbsent(session, id -> new TreeMap<>()).put(sequence, outcome);
      case SessionChange.Forgotten(long session, long sequence) -> {
        NavigableMap<Long, Outcome> recorded = outcomes.get(session);
        if (recorded != null) {
          recorded.remove(sequence);
        }
      }
      case SessionChange.Removed(long session) -> {
        headers.remove(session);
        outcomes.remove(session);
      }
    }
  }

  @Nullable Version version(Key key, long order) {
    NavigableMap<Long, KeyState> history = versions.get(key);
    Map.Entry<Long, KeyState> version = history == null ? null : history.floorEntry(order);
    return version == null ? null : new Version(version.getKey(), version.getValue());
  }

  ScanPage scan(KeyRange range, long order, PageLimit limit) {
    NavigableMap<Key, NavigableMap<Long, KeyState>> selected =
        range.end() == null
            ? versions.tailMap(range.start(), true)
            : versions.subMap(range.start(), true, range.end(), false);
    List<Row> rows = new ArrayList<>();
    long bytes = 0;
    for (Key key : selected.keySet()) {
      Version version = version(key, order);
      if (version != null && version.state().exists()) {
        rows.add(new Row(key, version));
        bytes += key.length() + PageLimit.bytesOf(version.state());
        if (rows.size() == limit.rowsMax() || bytes >= limit.bytesMax()) {
          return new ScanPage(rows, key.successor());
        }
      }
    }
    return new ScanPage(rows, null);
  }

  @Nullable Outcome recordedOutcome(long session, long sequence) {
    NavigableMap<Long, Outcome> recorded = outcomes.get(session);
    return recorded == null ? null : recorded.get(sequence);
  }

  List<SessionImage> sessions() {
    List<SessionImage> images = new ArrayList<>();
    for (SessionHeader header : headers.values()) {
      NavigableMap<Long, Outcome> recorded = outcomes.getOrDefault(header.id(), new TreeMap<>());
      images.add(new SessionImage(header, List.copyOf(recorded.keySet())));
    }
    return images;
  }

  @Nullable LeaseImage lease(long lease) {
    LeaseHeader header = leases.get(lease);
    return header == null ? null : image(header);
  }

  List<LeaseImage> leases() {
    return leases.values().stream().map(this::image).toList();
  }

  private LeaseImage image(LeaseHeader header) {
    NavigableSet<Key> keys = attached.getOrDefault(header.id(), new TreeSet<>());
    return new LeaseImage(header, List.copyOf(keys));
  }

  List<JournalRecord> recordsAfter(long afterOrder, int countMax) {
    if (afterOrder < collectedThrough) {
      throw new NotRetained(afterOrder, head.retention().floor(), head.order().order());
    }
    return records.tailMap(afterOrder, false).values().stream().limit(countMax).toList();
  }

  long collectedThrough() {
    return collectedThrough;
  }

  long removed() {
    return removed;
  }

  boolean collect(long through, int effectsMax) {
    long highest = Math.min(head.retention().floor(), head.horizon().order());
    if (through > highest) {
      throw new IllegalStateException(
          "order ID %d is not to be collected, %d is the last one".formatted(through, highest));
    }
    if (through <= collectedThrough) {
      return false;
    }
    List<JournalRecord> kept = recordsAfter(collectedThrough, Integer.MAX_VALUE);
    Dispensable dispensable = Dispensable.after(Dispensable.step(kept, through, effectsMax));
    dispensable.superseded().forEach(this::remove);
    dispensable.deletions().forEach(this::remove);
    collectedThrough = dispensable.through();
    records.headMap(collectedThrough, true).clear();
    return true;
  }

  private void remove(Dispensable.Place place) {
    NavigableMap<Long, KeyState> history = versions.get(place.key());
    if (history == null || history.remove(place.order()) == null) {
      throw new IllegalStateException("removed twice: " + place);
    }
    if (history.isEmpty()) {
      versions.remove(place.key());
    }
    removed++;
  }
}
