package dev.ordinal.client;

import dev.ordinal.proto.store.v1.QueryOutcomeReply;
import dev.ordinal.proto.store.v1.QueryOutcomeRequest;
import dev.ordinal.proto.store.v1.StatusRequest;
import dev.ordinal.proto.store.v1.StoreGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The client: wires the parts together, waits where the caller wants to wait. */
final class StoreClient implements OrdinalClient {
  private final ClientSettings settings;
  private final ClientLoop loop;
  private final Replicas replicas;
  private final Calls calls;
  private final Committer committer;
  private final Transactor transactor;
  private final LeaseKeeper leases;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Set<AutoCloseable> followers = ConcurrentHashMap.newKeySet();

  private StoreClient(ClientSettings settings) {
    this.settings = settings;
    this.loop = new ClientLoop();
    int reader = ThreadLocalRandom.current().nextInt(settings.addresses().size());
    this.replicas = new Replicas(loop, settings.addresses(), reader);
    this.calls = new Calls(loop, replicas, settings.readTimeout());
    this.committer = new Committer(loop, replicas, calls, settings);
    this.leases = new LeaseKeeper(loop, replicas, calls);
    new MemberWatch(loop, replicas, calls).start();
    this.transactor =
        new Transactor(this::snapshot, this::commit, settings.bounds().transactAttempts());
  }

  static OrdinalClient start(ClientSettings settings) {
    return new StoreClient(settings);
  }

  @Override
  public CompletableFuture<Outcome> commitAsync(Transaction transaction) {
    return committer.submit(transaction);
  }

  @Override
  public Outcome commit(Transaction transaction) {
    loop.checkMayWait();
    try {
      return loop.await(commitAsync(transaction));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Unknown(0, 0, "interrupted while waiting for the outcome");
    }
  }

  @Override
  public <T extends @Nullable Object> Transacted<T> transact(Function<TransactionView, T> body) {
    loop.checkMayWait();
    return transactor.run(body);
  }

  @Override
  public Snapshot snapshot(Consistency consistency) {
    return new StoreSnapshot(calls, loop, consistency);
  }

  @Override
  public Mirror mirror(List<Key> prefixes) {
    LocalMirror mirror = new LocalMirror(loop, replicas, prefixes, followers::remove);
    followers.add(mirror);
    mirror.start();
    return mirror;
  }

  @Override
  public Subscription subscribe(OrderId after, List<Key> prefixes, Subscription.Handler handler) {
    RecordTail tail = new RecordTail(loop, replicas, after, prefixes, handler, followers::remove);
    followers.add(tail);
    tail.start();
    return tail;
  }

  @Override
  public Lease lease(Duration ttl) {
    return loop.awaitRead(leases.grant(ttl));
  }

  @Override
  public Lock campaign(Key key, Value proposal, Lease lease) throws InterruptedException {
    loop.checkMayWait();
    return new Locks(this).acquire(key, proposal, lease);
  }

  @Override
  public Optional<Outcome> queryOutcome(long session, long sequence) {
    QueryOutcomeRequest request =
        QueryOutcomeRequest.newBuilder().setSession(session).setSequence(sequence).build();
    QueryOutcomeReply reply =
        loop.awaitRead(calls.call(StoreGrpc.getQueryOutcomeMethod(), request, Calls.Route.LEADER));
    if (!reply.hasOutcome()) {
      return Optional.empty();
    }
    CommitAnswer answer = OutcomeCodec.answer(reply.getOutcome());
    return Optional.of(
        answer instanceof CommitAnswer.Final known
            ? known.outcome()
            : new Outcome.Unknown(session, sequence, answer.toString()));
  }

  @Override
  public ReplicaStatus status(String address) {
    return status(address, StatusRequest.getDefaultInstance());
  }

  @Override
  public ReplicaStatus status(String address, OrderId digestAt) {
    return status(address, StatusRequest.newBuilder().setDigestAt(digestAt.value()).build());
  }

  private ReplicaStatus status(String address, StatusRequest request) {
    return StatusCodec.status(
        loop.awaitRead(
            calls.callAt(Address.checked(address), StoreGrpc.getStatusMethod(), request)));
  }

  @Override
  public Membership membership() {
    return new StoreMembership(calls, loop, replicas);
  }

  @Override
  public List<String> addresses() {
    return settings.addresses();
  }

  @Override
  public ClientFigures figures() {
    return committer.figures();
  }

  @Override
  public void close() {
    loop.checkMayWait();
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    for (AutoCloseable follower : followers) {
      closeFollower(follower);
    }
    try {
      loop.await(committer.close());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      loop.run(leases::close);
      loop.run(replicas::close);
      loop.close();
    }
  }

  private static void closeFollower(AutoCloseable follower) {
    if (follower instanceof Mirror mirror) {
      mirror.close();
    } else if (follower instanceof Subscription subscription) {
      subscription.close();
    }
  }
}
