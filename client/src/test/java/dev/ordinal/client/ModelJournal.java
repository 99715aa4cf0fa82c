package dev.ordinal.client;

import com.google.protobuf.ByteString;
import dev.ordinal.proto.store.v1.Committed;
import dev.ordinal.proto.store.v1.Group;
import dev.ordinal.proto.store.v1.GroupOutcome;
import dev.ordinal.proto.store.v1.Operation;
import dev.ordinal.proto.store.v1.ReadKey;
import dev.ordinal.proto.store.v1.ReadReply;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.Refusal;
import dev.ordinal.proto.store.v1.Refused;
import dev.ordinal.proto.store.v1.Row;
import dev.ordinal.proto.store.v1.SequenceForgotten;
import dev.ordinal.proto.store.v1.SessionUnknown;
import dev.ordinal.proto.store.v1.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A journal small enough to be seen through: puts, and conflicts on keys that were read or are put.
 * Keeps the contract of sessions: a recorded sequence is answered, an acknowledged one forgotten.
 */
final class ModelJournal {
  static final long HISTORY = 77;

  private static final int PAGE_ROWS = 2;

  private final NavigableMap<ByteString, Row> rows =
      new TreeMap<>(ByteString.unsignedLexicographicalComparator());
  private final Map<Long, Long> sessionsByNonce = new HashMap<>();
  private final Map<Long, TreeMap<Long, dev.ordinal.proto.store.v1.Outcome>> recorded =
      new HashMap<>();
  private final Map<Long, Long> acknowledged = new HashMap<>();
  private final List<Long> closed = new ArrayList<>();
  private final List<ByteString> puts = new ArrayList<>();
  private long order;

  synchronized long openSession(long nonce) {
    long session = sessionsByNonce.computeIfAbsent(nonce, key -> 100L + sessionsByNonce.size());
    recorded.putIfAbsent(session, new TreeMap<>());
    return session;
  }

  synchronized void closeSession(long session) {
    closed.add(session);
  }

  synchronized void loseSessions() {
    recorded.clear();
  }

  synchronized List<Long> closedSessions() {
    return List.copyOf(closed);
  }

  synchronized int sessionsOpened() {
    return sessionsByNonce.size();
  }

  synchronized long lastOrder() {
    return order;
  }

  /** Every put that took effect, in order: a repeated one would be there twice. */
  synchronized List<String> puts() {
    return puts.stream().map(ByteString::toStringUtf8).toList();
  }

  synchronized long acknowledgedThrough(long session) {
    return acknowledged.getOrDefault(session, 0L);
  }

  synchronized Optional<dev.ordinal.proto.store.v1.Outcome> recorded(long session, long sequence) {
    return Optional.ofNullable(recorded.getOrDefault(session, new TreeMap<>()).get(sequence));
  }

  synchronized dev.ordinal.proto.store.v1.Outcome commit(Transaction transaction) {
    if (transaction.getSession() == 0) {
      return judge(transaction);
    }
    TreeMap<Long, dev.ordinal.proto.store.v1.Outcome> outcomes =
        recorded.get(transaction.getSession());
    if (outcomes == null) {
      return dev.ordinal.proto.store.v1.Outcome.newBuilder()
          .setSessionUnknown(SessionUnknown.newBuilder().setSession(transaction.getSession()))
          .build();
    }
    long through =
        acknowledged.merge(
            transaction.getSession(), transaction.getAcknowledgedThrough(), Math::max);
    outcomes.headMap(through, true).clear();
    if (transaction.getSequence() <= through) {
      return dev.ordinal.proto.store.v1.Outcome.newBuilder()
          .setSequenceForgotten(
              SequenceForgotten.newBuilder().setSequence(transaction.getSequence()))
          .build();
    }
    return outcomes.computeIfAbsent(transaction.getSequence(), key -> judge(transaction));
  }

  private dev.ordinal.proto.store.v1.Outcome judge(Transaction transaction) {
    for (Group group : transaction.getGroupsList()) {
      for (ByteString key : read(transaction, group)) {
        Row row = rows.get(key);
        if (row != null && row.getModifiedAt() > transaction.getReadOrder()) {
          return refused(key, row.getModifiedAt());
        }
      }
    }
    order++;
    Committed.Builder committed = Committed.newBuilder().setOrder(order);
    for (Group group : transaction.getGroupsList()) {
      group.getAlternatives(0).getOperationsList().forEach(this::apply);
      committed.addGroups(GroupOutcome.newBuilder().setAlternative(0));
    }
    return dev.ordinal.proto.store.v1.Outcome.newBuilder().setCommitted(committed).build();
  }

  private static NavigableSet<ByteString> read(Transaction transaction, Group group) {
    NavigableSet<ByteString> keys = new TreeSet<>(ByteString.unsignedLexicographicalComparator());
    if (transaction.hasReadOrder()) {
      group.getReadKeysList().stream().map(ReadKey::getKey).forEach(keys::add);
      group.getAlternatives(0).getOperationsList().stream()
          .filter(operation -> !operation.getBlind())
          .map(Operation::getKey)
          .forEach(keys::add);
    }
    return keys;
  }

  private dev.ordinal.proto.store.v1.Outcome refused(ByteString key, long beatenAt) {
    Refusal refusal =
        Refusal.newBuilder().setKind(Refusal.Kind.WRITE).setKey(key).setOrder(beatenAt).build();
    return dev.ordinal.proto.store.v1.Outcome.newBuilder()
        .setRefused(
            Refused.newBuilder()
                .addGroups(GroupOutcome.newBuilder().setRefusal(refusal))
                .setCurrentOrder(order))
        .build();
  }

  private void apply(Operation operation) {
    puts.add(operation.getKey());
    rows.put(
        operation.getKey(),
        Row.newBuilder()
            .setKey(operation.getKey())
            .setValue(operation.getPut().getValue())
            .setModifiedAt(order)
            .build());
  }

  /** Pages of {@value #PAGE_ROWS} rows; only the present state can be read. */
  synchronized ReadReply read(ReadRequest request) {
    ReadReply.Builder reply = ReadReply.newBuilder().setHistory(HISTORY);
    reply.setOrder(request.hasAt() ? request.getAt() : order);
    if (!request.hasRange()) {
      request.getKeysList().stream()
          .filter(rows::containsKey)
          .map(rows::get)
          .forEach(reply::addRows);
      return reply.build();
    }
    ByteString from =
        request.getContinuation().isEmpty()
            ? request.getRange().getStart()
            : request.getContinuation();
    for (Row row : rows.tailMap(from, request.getContinuation().isEmpty()).values()) {
      if (reply.getRowsCount() == PAGE_ROWS) {
        return reply.setContinuation(reply.getRows(PAGE_ROWS - 1).getKey()).build();
      }
      reply.addRows(row);
    }
    return reply.build();
  }
}
