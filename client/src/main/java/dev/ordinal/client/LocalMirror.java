package dev.ordinal.client;

import dev.ordinal.proto.store.v1.SubscribeReply;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A mirror on a {@link Feed}: all but the published view belongs to the feed's thread. */
final class LocalMirror implements Mirror, Feed.Follower {
  private static final Logger LOG = LoggerFactory.getLogger(LocalMirror.class);

  private final MirrorState state;
  private final Feed feed;
  private final List<Consumer<MirrorEvent>> listeners = new ArrayList<>();
  private final TreeMap<OrderId, List<CompletableFuture<View>>> waiting = new TreeMap<>();
  private final CompletableFuture<View> firstLoad = new CompletableFuture<>();
  private final Runnable onClose;
  private volatile MirrorView published = MirrorView.EMPTY;

  LocalMirror(ClientLoop loop, Replicas replicas, List<Key> prefixes, Consumer<Mirror> onClose) {
    this.state = new MirrorState(prefixes);
    this.feed = new Feed(loop, replicas, "ordinal-mirror", this);
    this.onClose = () -> onClose.accept(this);
  }

  void start() {
    feed.start();
  }

  @Override
  public View view() {
    return published;
  }

  @Override
  public CompletableFuture<View> awaitLoaded() {
    return firstLoad.copy();
  }

  @Override
  public CompletableFuture<View> awaitOrder(OrderId order) {
    CompletableFuture<View> reached = new CompletableFuture<>();
    boolean open =
        feed.run(() -> {
          if (hasReached(order)) {
            reached.complete(published);
          } else {
            waiting.computeIfAbsent(order, key -> new ArrayList<>()).add(reached);
          }
        });
    if (!open) {
      reached.completeExceptionally(closed());
    }
    return reached;
  }

  private boolean hasReached(OrderId order) {
    return state.isLoaded() && !published.order().isBefore(order);
  }

  @Override
  public Registration listen(Consumer<MirrorEvent> listener) {
    boolean open =
        feed.run(() -> {
          listeners.add(listener);
          if (firstLoad.isDone()) {
            tell(listener, new MirrorEvent.Loaded(published));
          }
        });
    if (!open) {
      throw closed();
    }
    return () -> feed.run(() -> listeners.remove(listener));
  }

  @Override
  public SubscribeRequest next() {
    return state.next();
  }

  @Override
  public void accept(SubscribeReply reply) throws MisfitException {
    List<MirrorEvent> events = state.accept(reply);
    for (MirrorEvent event : events) {
      published = (MirrorView) event.view();
      listeners.forEach(listener -> tell(listener, event));
    }
    published = state.view();
    if (state.isLoaded()) {
      firstLoad.complete(published);
      completeReached();
    }
  }

  private static void tell(Consumer<MirrorEvent> listener, MirrorEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("order", event.view().order())
          .setCause(e)
          .log("a mirror's listener failed; it is called again with the next event");
    }
  }

  private void completeReached() {
    Iterator<Map.Entry<OrderId, List<CompletableFuture<View>>>> reached =
        waiting.headMap(published.order(), true).entrySet().iterator();
    while (reached.hasNext()) {
      List<CompletableFuture<View>> futures = reached.next().getValue();
      reached.remove();
      futures.forEach(future -> future.complete(published));
    }
  }

  @Override
  public boolean onMisfit(OrdinalException cause) {
    state.readAnew();
    return true;
  }

  @Override
  public void close() {
    feed.run(() -> {
      firstLoad.completeExceptionally(closed());
      waiting.values().forEach(each -> each.forEach(f -> f.completeExceptionally(closed())));
      waiting.clear();
      listeners.clear();
    });
    feed.close();
    onClose.run();
  }

  private static OrdinalException closed() {
    return new OrdinalException(OrdinalException.Kind.CLOSED, "the mirror is closed");
  }
}
