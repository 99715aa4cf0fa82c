package dev.ordinal.server.rpc;

import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.journal.codec.CommandCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Limits;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.proto.store.v1.KeepAliveReply;
import dev.ordinal.proto.store.v1.KeepAliveRequest;
import dev.ordinal.server.replica.Bundle;
import dev.ordinal.server.replica.Caller;
import dev.ordinal.server.replica.StoreReplica;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Signs of life of all streams, gathered into commands: while one is decided, the next one gathers,
 * so a command carries few under little load and thousands under much. A stream has one request
 * unanswered at a time, so what gathers is bounded by the number of streams.
 */
final class KeepAlives {
  private final StoreReplica replica;
  private final Leaders leaders;
  private final Queue<Asked> waiting = new ArrayDeque<>();
  private boolean proposed;

  private record Asked(KeepAliveRequest request, Connection from) {
    private int count() {
      return request.getLeasesCount() + request.getSessionsCount();
    }
  }

  KeepAlives(StoreReplica replica, Leaders leaders) {
    this.replica = replica;
    this.leaders = leaders;
  }

  StreamObserver<KeepAliveRequest> open(StreamObserver<KeepAliveReply> replies) {
    return new Connection(Replies.forgiving(replies));
  }

  private void ask(Asked asked) {
    synchronized (waiting) {
      waiting.add(asked);
    }
    proposeNext();
  }

  private void proposeNext() {
    List<Asked> batch;
    synchronized (waiting) {
      if (proposed || waiting.isEmpty()) {
        return;
      }
      proposed = true;
      batch = cut();
    }
    List<Long> leases = new ArrayList<>();
    List<Long> sessions = new ArrayList<>();
    for (Asked asked : batch) {
      leases.addAll(asked.request().getLeasesList());
      sessions.addAll(asked.request().getSessionsList());
    }
    Command.KeepAlive command = new Command.KeepAlive(leases, sessions);
    Payload encoded = Payload.wrap(CommandCodec.encode(command));
    replica.propose(encoded, command, new Batch(batch));
  }

  private List<Asked> cut() {
    List<Asked> batch = new ArrayList<>();
    int count = 0;
    while (!waiting.isEmpty() && count + waiting.element().count() <= Limits.KEPT_ALIVE_MAX) {
      count += waiting.element().count();
      batch.add(waiting.remove());
    }
    return batch;
  }

  private void answered() {
    synchronized (waiting) {
      proposed = false;
    }
    proposeNext();
  }

  /** Those who are answered together. */
  private final class Batch implements Caller {
    private final List<Asked> batch;

    Batch(List<Asked> batch) {
      this.batch = batch;
    }

    @Override
    public Bundle decided(Outcome outcome) {
      if (!(outcome instanceof Outcome.KeptAlive(List<Long> leases, List<Long> sessions))) {
        throw new IllegalStateException("not an answer to signs of life: " + outcome);
      }
      Set<Long> endedLeases = new HashSet<>(leases);
      Set<Long> endedSessions = new HashSet<>(sessions);
      batch.forEach(asked -> asked.from().reply(reply(asked, endedLeases, endedSessions)));
      answered();
      return Bundle.NONE;
    }

    private static KeepAliveReply reply(Asked asked, Set<Long> leases, Set<Long> sessions) {
      KeepAliveReply.Builder reply = KeepAliveReply.newBuilder();
      asked.request().getLeasesList().stream()
          .filter(leases::contains)
          .forEach(reply::addEndedLeases);
      asked.request().getSessionsList().stream()
          .filter(sessions::contains)
          .forEach(reply::addEndedSessions);
      return reply.build();
    }

    @Override
    public void refused(Verdict verdict) {
      batch.forEach(asked -> asked.from().end(Errors.of(verdict, Origin.NONE, leaders)));
      answered();
    }
  }

  /** One client's stream. */
  private final class Connection implements StreamObserver<KeepAliveRequest> {
    private final ServerCallStreamObserver<KeepAliveReply> replies;
    private boolean unanswered;
    private boolean halfClosed;
    private boolean ended;

    Connection(ServerCallStreamObserver<KeepAliveReply> replies) {
      this.replies = replies;
      replies.disableAutoRequest();
      replies.request(1);
    }

    @Override
    public void onNext(KeepAliveRequest request) {
      Asked asked = new Asked(request, this);
      if (asked.count() > Limits.KEPT_ALIVE_MAX) {
        end(Errors.limit("kept alive", asked.count(), Limits.KEPT_ALIVE_MAX));
        return;
      }
      synchronized (this) {
        unanswered = true;
      }
      ask(asked);
    }

    private synchronized void reply(KeepAliveReply reply) {
      unanswered = false;
      if (ended) {
        return;
      }
      replies.onNext(reply);
      if (halfClosed) {
        ended = true;
        replies.onCompleted();
      } else {
        replies.request(1);
      }
    }

    private synchronized void end(StatusRuntimeException error) {
      if (!ended) {
        ended = true;
        replies.onError(error);
      }
    }

    @Override
    public synchronized void onError(Throwable cause) {
      ended = true;
    }

    @Override
    public synchronized void onCompleted() {
      halfClosed = true;
      if (!unanswered && !ended) {
        ended = true;
        replies.onCompleted();
      }
    }
  }
}
