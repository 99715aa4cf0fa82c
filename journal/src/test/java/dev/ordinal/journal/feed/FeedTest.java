package dev.ordinal.journal.feed;

import static dev.ordinal.journal.Commands.apply;
import static dev.ordinal.journal.Commands.delete;
import static dev.ordinal.journal.Commands.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ordinal.journal.Commands;
import dev.ordinal.journal.FlushPolicy;
import dev.ordinal.journal.Journal;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.Row;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.MemoryStateStore;
import dev.ordinal.journal.store.PageLimit;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.journal.validation.Horizon;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FeedTest {
  private final MemoryStateStore store =
      new MemoryStateStore(Head.initial(1, Horizon.Limits.SMALL));
  private final Journal journal =
      Journal.open(
          store,
          FlushPolicy.STANDARD,
          failure -> {
            throw failure;
          });
  private final Feed feed = journal.feed();

  @AfterEach
  void close() {
    journal.close();
  }

  /** A store whose horizon is short, so that what is below the floor may go. */
  private static Journal shortMemory(MemoryStateStore store) {
    Journal journal = reopened(store);
    for (int i = 1; i <= 10; i++) {
      apply(journal, put("a", "value-" + i));
    }
    return journal;
  }

  private static Journal reopened(MemoryStateStore store) {
    return Journal.open(
        store,
        FlushPolicy.STANDARD,
        failure -> {
          throw failure;
        });
  }

  private static MemoryStateStore withShortHorizon() {
    return new MemoryStateStore(Head.initial(1, new Horizon.Limits(2, 1 << 20)));
  }

  private static void moveFloor(Journal journal, long order) {
    apply(journal, new Command.Retain(new RetentionChange.MoveFloor(order)));
  }

  @Test
  void collectingWaitsForTheSlowestSubscriber() {
    try (Journal own = shortMemory(withShortHorizon())) {
      Subscription slow = own.feed().resume(3, Selection.EVERYTHING, () -> {});
      assertThat(own.feed().lowestPin()).isEqualTo(3);
      moveFloor(own, 7);
      await().until(() -> own.collection().through() == 3);
      assertThat(orders(told(slow))).containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L);
      await().until(() -> own.collection().through() == 7);
      slow.close();
      assertThat(own.feed().lowestPin()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void aSubscriberThatWasNotWaitedForIsToldToBeginAnew() {
    MemoryStateStore forgetful = withShortHorizon();
    shortMemory(forgetful).close();
    try (Journal own = reopened(forgetful)) {
      Subscription late = own.feed().resume(3, Selection.EVERYTHING, () -> {});
      Subscription atStart = own.feed().withState(Selection.EVERYTHING, () -> {});
      moveFloor(own, 8);
      forgetful.collect(8, Integer.MAX_VALUE);
      assertThat(late.next()).isEqualTo(new FeedEvent.SnapshotRequired(8, 10));
      assertThat(atStart.next()).isInstanceOf(FeedEvent.State.class);
    }
  }

  @Test
  void recordsComeInOrderFromTheOneAfter() {
    apply(journal, put("a", "1"), put("b", "1"));
    Subscription subscription = feed.resume(1, Selection.EVERYTHING, () -> {});
    apply(journal, delete("a"));
    assertThat(orders(told(subscription))).containsExactly(2L, 3L);
    assertThat(subscription.next()).isNull();
  }

  @Test
  void onlySelectedKeysAreToldAndTheRestIsProgress() {
    Subscription subscription = feed.resume(0, Selection.under(List.of(Key.of("node/"))), () -> {});
    apply(journal, put("node/1", "up"), put("task/1", "new"), put("task/2", "new"));
    assertThat(orders(told(subscription))).containsExactly(1L);
    assertThat(subscription.next()).isEqualTo(new FeedEvent.Progress(3));
    assertThat(subscription.next()).isNull();
  }

  @Test
  void effectsThatAreNotSelectedAreLeftOut() {
    Subscription subscription = feed.resume(0, Selection.under(List.of(Key.of("b"))), () -> {});
    apply(
        journal,
        Commands.submit(
            new Operation.Put(Key.of("a"), Value.of("1"), true),
            new Operation.Put(Key.of("bb"), Value.of("1"), true)));
    assertThat(records(told(subscription)).getFirst().effects())
        .extracting(Effect::key)
        .containsExactly(Key.of("bb"));
  }

  @Test
  void theStateComesFirstThenWhatChangedSince() {
    apply(journal, put("a/1", "1"), put("b", "1"), put("c/1", "1"));
    Subscription subscription =
        feed.withState(Selection.under(List.of(Key.of("c/"), Key.of("a/"))), () -> {});
    apply(journal, delete("a/1"), put("c/2", "1"));
    assertThat(subscription.next())
        .isEqualTo(new FeedEvent.State(3, List.of(new Row(Key.of("a/1"), at("a/1", 3))), false));
    assertThat(subscription.next())
        .isEqualTo(new FeedEvent.State(3, List.of(new Row(Key.of("c/1"), at("c/1", 3))), true));
    assertThat(orders(told(subscription))).containsExactly(4L, 5L);
  }

  private Version at(String key, long order) {
    return Objects.requireNonNull(journal.reader().get(Key.of(key), order));
  }

  @Test
  void aSubscriberThatFellFarBehindIsCaughtUpFromTheStore() {
    Subscription slow = feed.resume(0, Selection.EVERYTHING, () -> {});
    for (int slot = 0; slot < 20; slot++) {
      Command[] commands = new Command[1_000];
      for (int i = 0; i < commands.length; i++) {
        commands[i] = put("k" + (i % 10), "v");
      }
      apply(journal, commands);
    }
    long expected = 1;
    for (FeedEvent event = slow.next(); event != null; event = slow.next()) {
      for (long order : orders(event)) {
        assertThat(order).isEqualTo(expected++);
      }
    }
    assertThat(expected).isEqualTo(20_001);
  }

  @Test
  void aRestingSubscriberIsWokenOnce() {
    AtomicInteger woken = new AtomicInteger();
    Subscription subscription = feed.resume(0, Selection.EVERYTHING, woken::incrementAndGet);
    apply(journal, put("a", "1"));
    assertThat(woken).as("before it rests").hasValue(0);
    subscription.next();
    assertThat(subscription.next()).isNull();
    apply(journal, put("a", "2"));
    apply(journal, put("a", "3"));
    assertThat(woken).hasValue(1);
    subscription.close();
    apply(journal, put("a", "4"));
    assertThat(woken).hasValue(1);
  }

  @Test
  void whatHasNotComeIsNotResumedAfter() {
    apply(journal, put("a", "1"));
    assertThatThrownBy(() -> feed.resume(2, Selection.EVERYTHING, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot go on after order ID 2: this replica has 0 to 1");
  }

  /** Subscribers join while slots are applied, and each ends with the state of the journal. */
  @Test
  @Timeout(60)
  void nothingIsMissedAndNothingComesTwiceWhileSlotsAreApplied() throws InterruptedException {
    int slots = 3_000;
    List<Follower> followers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      followers.add(new Follower(i));
    }
    for (int slot = 1; slot <= slots; slot++) {
      apply(journal, put("k" + slot % 50, "v" + slot), delete("k" + slot * 7 % 50));
      if (slot % 100 == 0) {
        int next = slot / 100;
        followers.get(next % followers.size()).startOnce();
      }
    }
    long last = journal.head().order().order();
    for (Follower follower : followers) {
      follower.awaitCaughtUp(last);
      assertThat(follower.rows).isEqualTo(rowsAt(last));
    }
  }

  private Map<Key, Row> rowsAt(long order) {
    NavigableMap<Key, Row> rows = new TreeMap<>();
    journal
        .reader()
        .scan(KeyRange.EVERYTHING, order, new PageLimit(1_000, 1 << 20))
        .rows()
        .forEach(row -> rows.put(row.key(), row));
    return rows;
  }

  /** A subscriber with a thread of its own, which keeps the rows it is told of. */
  private final class Follower {
    private final NavigableMap<Key, Row> rows = new TreeMap<>();
    private final Semaphore work = new Semaphore(1);
    private final Thread thread;
    private boolean started;
    private volatile long through;
    private volatile long target = Long.MAX_VALUE;

    Follower(int number) {
      thread = Thread.ofPlatform().name("follower-" + number).unstarted(this::follow);
    }

    void startOnce() {
      if (!started) {
        started = true;
        thread.start();
      }
    }

    void awaitCaughtUp(long order) throws InterruptedException {
      target = order;
      work.release();
      thread.join();
      assertThat(through).isEqualTo(order);
    }

    private void follow() {
      try (Subscription subscription = feed.withState(Selection.EVERYTHING, work::release)) {
        while (through < target) {
          work.acquireUninterruptibly();
          for (var event = subscription.next(); event != null; event = subscription.next()) {
            take(event);
          }
        }
      }
    }

    private void take(FeedEvent event) {
      switch (event) {
        case FeedEvent.State(long order, List<Row> some, boolean last) -> {
          some.forEach(row -> rows.put(row.key(), row));
          through = order;
        }
        case FeedEvent.Records(List<JournalRecord> records) -> records.forEach(this::take);
        case FeedEvent.Progress(long order) -> through = order;
        case FeedEvent.SnapshotRequired gone -> throw new IllegalStateException(gone.toString());
      }
    }

    private void take(JournalRecord next) {
      if (next.order() <= through) {
        throw new IllegalStateException(next.order() + " after " + through);
      }
      for (Effect effect : next.effects()) {
        if (effect.state().exists()) {
          rows.put(effect.key(), new Row(effect.key(), new Version(next.order(), effect.state())));
        } else {
          rows.remove(effect.key());
        }
      }
      through = next.order();
    }
  }

  private static FeedEvent told(Subscription subscription) {
    return Objects.requireNonNull(subscription.next(), "nothing is told");
  }

  private static List<Long> orders(FeedEvent event) {
    return records(event).stream().map(JournalRecord::order).toList();
  }

  private static List<JournalRecord> records(FeedEvent event) {
    assertThat(event).isInstanceOf(FeedEvent.Records.class);
    return ((FeedEvent.Records) event).records();
  }
}
