package dev.ordinal.client;

import com.google.protobuf.ByteString;
import dev.ordinal.proto.store.v1.Latest;
import dev.ordinal.proto.store.v1.Linearizable;
import dev.ordinal.proto.store.v1.ReadReply;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.StoreGrpc;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A snapshot that asks the store, page by page. The first reply fixes the order ID. */
final class StoreSnapshot implements Snapshot {
  /** There is nothing under it, or there is; either way the reply names an order ID. */
  private static final Key PROBE = Key.of(new byte[1]);

  private final Calls calls;
  private final ClientLoop loop;
  private final Consistency consistency;
  private final AtomicReference<@Nullable CompletableFuture<Pin>> pin = new AtomicReference<>();

  StoreSnapshot(Calls calls, ClientLoop loop, Consistency consistency) {
    this.calls = calls;
    this.loop = loop;
    this.consistency = consistency;
  }

  /** Where the snapshot reads, once that is known. */
  private record Pin(HistoryId history, OrderId order) {}

  @Override
  public HistoryId history() {
    return pinned().history();
  }

  @Override
  public OrderId order() {
    return pinned().order();
  }

  private Pin pinned() {
    CompletableFuture<Pin> present = pin.get();
    if (present == null) {
      getAll(List.of(PROBE));
      present = pin.get();
    }
    if (present == null) {
      throw new IllegalStateException("a read has ended without an order ID");
    }
    return loop.awaitRead(present);
  }

  @Override
  public Optional<Row> get(Key key) {
    return Optional.ofNullable(getAll(List.of(key)).get(key));
  }

  @Override
  public Map<Key, Row> getAll(Collection<Key> keys) {
    return loop.awaitRead(getAllAsync(keys));
  }

  @Override
  public CompletableFuture<Map<Key, Row>> getAllAsync(Collection<Key> keys) {
    if (keys.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    ReadRequest request =
        ReadRequest.newBuilder().addAllKeys(keys.stream().map(Key::bytes).toList()).build();
    return readAll(request, new LinkedHashMap<>()).thenApply(found -> inOrder(keys, found));
  }

  /** All pages of one request. */
  private CompletableFuture<Map<Key, Row>> readAll(ReadRequest request, Map<Key, Row> found) {
    return read(request)
        .thenCompose(reply -> {
          for (var message : reply.getRowsList()) {
            Row row = RowCodec.row(message);
            found.put(row.key(), row);
          }
          return reply.getContinuation().isEmpty()
              ? CompletableFuture.completedFuture(found)
              : readAll(after(request, reply.getContinuation()), found);
        });
  }

  private static ReadRequest after(ReadRequest request, ByteString continuation) {
    return request.toBuilder().setContinuation(continuation).build();
  }

  private static Map<Key, Row> inOrder(Collection<Key> keys, Map<Key, Row> found) {
    Map<Key, Row> rows = new LinkedHashMap<>();
    for (Key key : keys) {
      Row row = found.get(key);
      if (row != null) {
        rows.put(key, row);
      }
    }
    return rows;
  }

  @Override
  public Stream<Row> scan(KeyRange range) {
    Spliterator<Row> rows =
        Spliterators.spliteratorUnknownSize(
            new Pages(ReadRequest.newBuilder().setRange(RowCodec.range(range)).build()),
            Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL);
    return StreamSupport.stream(rows, false);
  }

  /** One page: the first of all reads as the consistency says, the others where that one read. */
  private CompletableFuture<ReadReply> read(ReadRequest request) {
    CompletableFuture<Pin> mine = new CompletableFuture<>();
    CompletableFuture<Pin> first = pin.compareAndExchange(null, mine);
    if (first != null) {
      return first.thenCompose(at -> send(at(request, at)));
    }
    return send(asAsked(request))
        .whenComplete((reply, failure) -> {
          if (reply != null) {
            mine.complete(new Pin(new HistoryId(reply.getHistory()), OrderId.of(reply.getOrder())));
          } else {
            pin.set(null);
            mine.completeExceptionally(failure);
          }
        });
  }

  private static ReadRequest at(ReadRequest request, Pin pin) {
    return request.toBuilder().setAt(pin.order().value()).setHistory(pin.history().value()).build();
  }

  private ReadRequest asAsked(ReadRequest request) {
    ReadRequest.Builder asked = request.toBuilder();
    if (consistency instanceof Consistency.At at) {
      asked.setAt(at.order().value());
    } else if (consistency instanceof Consistency.Linearizable) {
      asked.setLinearizable(Linearizable.getDefaultInstance());
    } else {
      asked.setLatest(Latest.getDefaultInstance());
    }
    return asked.build();
  }

  private CompletableFuture<ReadReply> send(ReadRequest request) {
    Calls.Route route =
        consistency instanceof Consistency.Linearizable ? Calls.Route.LEADER : Calls.Route.ANY;
    return calls.call(StoreGrpc.getReadMethod(), request, route);
  }

  /** The rows of a range; fetches a page when the one before is used up. */
  private final class Pages implements Iterator<Row> {
    private ReadRequest request;
    private Iterator<dev.ordinal.proto.store.v1.Row> page =
        List.<dev.ordinal.proto.store.v1.Row>of().iterator();
    private boolean last;

    Pages(ReadRequest request) {
      this.request = request;
    }

    @Override
    public boolean hasNext() {
      while (!page.hasNext() && !last) {
        ReadReply reply = loop.awaitRead(read(request));
        page = reply.getRowsList().iterator();
        last = reply.getContinuation().isEmpty();
        request = after(request, reply.getContinuation());
      }
      return page.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return RowCodec.row(page.next());
    }
  }
}
