package dev.ordinal.scheduler.submit;

import dev.ordinal.client.ClientFigures;
import dev.ordinal.client.Consistency;
import dev.ordinal.client.HistoryId;
import dev.ordinal.client.Key;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.Mirror;
import dev.ordinal.client.MirrorEvent;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.ReplicaStatus;
import dev.ordinal.client.Row;
import dev.ordinal.client.Snapshot;
import dev.ordinal.client.Subscription;
import dev.ordinal.client.Transacted;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.TransactionView;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The door to a {@link MemoryStore}, with as much of it as schedulers use. All schedulers of a test
 * share one; every method is one step for all of them.
 */
final class MemoryClient implements OrdinalClient {
  private static final HistoryId HISTORY = new HistoryId(7);

  private final MemoryStore store = new MemoryStore();
  private final List<Consumer<MirrorEvent>> listeners = new ArrayList<>();
  private int unknownEach;
  private int commits;
  private boolean accepting = true;

  /** How many transactions were sent. */
  synchronized int commits() {
    return commits;
  }

  /** From now on each so many commits the answer is lost. */
  synchronized void loseAnswers(int each) {
    unknownEach = each;
  }

  /** From now on no transaction enters the log. */
  synchronized void acceptNothing() {
    accepting = false;
  }

  synchronized View view() {
    return new View(store.order(), new TreeMap<>(store.rows()));
  }

  @Override
  public synchronized Outcome commit(Transaction transaction) {
    commits++;
    if (!accepting) {
      return new Outcome.NotAccepted("no leader");
    }
    MemoryStore.Judged judged = store.commit(transaction);
    if (judged.outcome().isCommitted()) {
      Mirror.View view = lazyView();
      listeners.forEach(
          listener -> listener.accept(new MirrorEvent.Changed(view, judged.changes())));
    }
    return unknownEach > 0 && commits % unknownEach == 0
        ? new Outcome.Unknown(1, commits, "the answer was lost")
        : judged.outcome();
  }

  @Override
  public CompletableFuture<Outcome> commitAsync(Transaction transaction) {
    return CompletableFuture.completedFuture(commit(transaction));
  }

  @Override
  public Mirror mirror(List<Key> prefixes) {
    return new MemoryMirror();
  }

  @Override
  public <T extends @Nullable Object> Transacted<T> transact(Function<TransactionView, T> body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Snapshot snapshot(Consistency consistency) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription subscribe(OrderId after, List<Key> prefixes, Subscription.Handler handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Outcome> queryOutcome(long session, long sequence) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ReplicaStatus status(String address) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ReplicaStatus status(String address, OrderId digestAt) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> addresses() {
    return List.of();
  }

  @Override
  public ClientFigures figures() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  /** The order ID now, and the rows at the moment at which they are asked for. */
  private synchronized Mirror.View lazyView() {
    OrderId order = store.order();
    return new Mirror.View() {
      @Override
      public HistoryId history() {
        return HISTORY;
      }

      @Override
      public OrderId order() {
        return order;
      }

      @Override
      public Optional<Row> get(Key key) {
        synchronized (MemoryClient.this) {
          return Optional.ofNullable(store.rows().get(key));
        }
      }

      @Override
      public Stream<Row> scan(KeyRange range) {
        return MemoryClient.this.view().scan(range);
      }

      @Override
      public int size() {
        return MemoryClient.this.view().size();
      }
    };
  }

  /** The rows at an order ID. */
  record View(OrderId order, NavigableMap<Key, Row> rows) implements Mirror.View {
    @Override
    public HistoryId history() {
      return HISTORY;
    }

    @Override
    public Optional<Row> get(Key key) {
      return Optional.ofNullable(rows.get(key));
    }

    @Override
    public Stream<Row> scan(KeyRange range) {
      return rows.tailMap(range.start()).values().stream()
          .takeWhile(row -> range.end() == null || row.key().compareTo(range.end()) < 0);
    }

    @Override
    public int size() {
      return rows.size();
    }
  }

  /** Always as far as the store. */
  private final class MemoryMirror implements Mirror {
    @Override
    public Mirror.View view() {
      return lazyView();
    }

    @Override
    public CompletableFuture<Mirror.View> awaitOrder(OrderId order) {
      return CompletableFuture.completedFuture(view());
    }

    @Override
    public CompletableFuture<Mirror.View> awaitLoaded() {
      return CompletableFuture.completedFuture(view());
    }

    @Override
    public Registration listen(Consumer<MirrorEvent> listener) {
      synchronized (MemoryClient.this) {
        listeners.add(listener);
        listener.accept(new MirrorEvent.Loaded(MemoryClient.this.view()));
      }
      return () -> {
        synchronized (MemoryClient.this) {
          listeners.remove(listener);
        }
      };
    }

    @Override
    public void close() {}
  }
}
