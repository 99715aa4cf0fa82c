package dev.ordinal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.proto.store.v1.TaggedTransaction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is lost on the way, a transaction takes effect once or its outcome is Unknown. */
class ExactlyOnceTest {
  private final ModelJournal journal = new ModelJournal();
  private final ScriptedStore first = new ScriptedStore(journal);
  private final ScriptedStore second = new ScriptedStore(journal);

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private OrdinalClient client() {
    return OrdinalClient.connect(List.of(first.address(), second.address()));
  }

  private static Transaction put(String key) {
    return Transaction.blind().put(Key.of(key), Value.of("v")).build();
  }

  @Test
  void aLostReplyIsAskedForAgainAndTheTransactionTakesEffectOnce() {
    first.follow(Script.first(Script.commitAndDrop()));
    try (OrdinalClient client = client()) {
      assertThat(client.commit(put("a"))).isInstanceOf(Outcome.Committed.class);
      assertThat(client.figures().repeats()).isEqualTo(1);
    }
    assertThat(journal.puts()).containsExactly("a");
  }

  @Test
  void aRepeatCarriesTheSameSessionAndSequence() {
    first.follow(Script.first(Script.commitAndDrop()));
    try (OrdinalClient client = client()) {
      client.commit(put("a")).orThrow();
    }
    TaggedTransaction original = first.received().get(0);
    TaggedTransaction repeat = second.received().get(0);
    assertThat(repeat.getTransaction()).isEqualTo(original.getTransaction());
  }

  @Test
  void anUndeterminedTransactionIsRepeatedAtTheNewLeader() {
    first.follow(Script.first(Script.commitUndetermined(), Script.notLeader(second.address())));
    try (OrdinalClient client = client()) {
      assertThat(client.commit(put("a"))).isInstanceOf(Outcome.Committed.class);
    }
    assertThat(journal.puts()).containsExactly("a");
    assertThat(second.received()).hasSize(1);
  }

  @Test
  void aHintIsFollowedToALeaderThatWasNotConfigured() {
    first.follow(Script.always(Script.notLeader(second.address())));
    try (OrdinalClient client = OrdinalClient.connect(List.of(first.address()))) {
      assertThat(client.commit(put("a"))).isInstanceOf(Outcome.Committed.class);
    }
  }

  @Test
  void anOverloadedReplicaIsAskedAgainLater() {
    first.follow(Script.first(Script.overloaded(), Script.overloaded()));
    try (OrdinalClient client = client()) {
      assertThat(client.commit(put("a"))).isInstanceOf(Outcome.Committed.class);
    }
    assertThat(first.received()).hasSize(3);
  }

  @Test
  void whatIsRefusedForOverloadToTheEndIsNotAcceptedAndSaysWhy() {
    first.follow(Script.always(Script.overloaded()));
    try (OrdinalClient client = impatient()) {
      assertThat(client.commit(put("a")))
          .isInstanceOfSatisfying(
              Outcome.NotAccepted.class,
              refused -> assertThat(refused.reason()).containsIgnoringCase("overloaded"));
    }
    assertThat(journal.puts()).isEmpty();
  }

  @Test
  void aReplyThatComesTwiceCountsOnce() {
    first.follow(Script.first(Script.answerTwice()));
    try (OrdinalClient client = client()) {
      assertThat(client.commit(put("a"))).isEqualTo(client.commit(put("b")).match(olderBy(1)));
    }
    assertThat(journal.puts()).containsExactly("a", "b");
  }

  @Test
  void silenceUntilTheDeadlineIsUnknownAndCanBeAskedForLater() {
    first.follow(Script.always(Script.commitInSilence()));
    try (OrdinalClient client = impatient()) {
      Outcome outcome = client.commit(put("a"));
      assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
      Outcome.Unknown unknown = (Outcome.Unknown) outcome;
      assertThat(client.queryOutcome(unknown.session(), unknown.sequence()))
          .contains(committedAt(1));
    }
  }

  @Test
  void aDroppedTransactionOfNoSessionIsUnknownAndNotRepeated() {
    first.follow(Script.first(Script.commitAndDrop()));
    Transaction once = Transaction.blind().put(Key.of("a"), Value.of("v")).withoutSession().build();
    try (OrdinalClient client = client()) {
      assertThat(client.commit(once)).isInstanceOf(Outcome.Unknown.class);
    }
    assertThat(journal.puts()).containsExactly("a");
    assertThat(second.received()).isEmpty();
  }

  @Test
  void aTransactionOfNoSessionThatWasNotAcceptedIsSentAgain() {
    first.follow(Script.always(Script.notLeader(second.address())));
    Transaction once = Transaction.blind().put(Key.of("a"), Value.of("v")).withoutSession().build();
    try (OrdinalClient client = client()) {
      assertThat(client.commit(once)).isInstanceOf(Outcome.Committed.class);
    }
    assertThat(journal.sessionsOpened()).isZero();
  }

  @Test
  void whatNoReplicaTakesIsNotAcceptedRatherThanUnknown() {
    first.follow(Script.always(Script.notLeader("")));
    second.follow(Script.always(Script.notLeader("")));
    try (OrdinalClient client = impatient()) {
      assertThat(client.commit(put("a"))).isInstanceOf(Outcome.NotAccepted.class);
    }
  }

  @Test
  void aStoreThatIsNotThereIsNotAccepted() {
    first.close();
    second.close();
    try (OrdinalClient client = impatient()) {
      assertThat(client.commit(put("a"))).isInstanceOf(Outcome.NotAccepted.class);
    }
  }

  @Test
  void whatTheStoreCallsInvalidIsNotRepeated() {
    first.follow(Script.always(Script.invalid("too many labels")));
    try (OrdinalClient client = client()) {
      assertThat(client.commit(put("a"))).isEqualTo(new Outcome.Invalid("too many labels"));
    }
    assertThat(first.received()).hasSize(1);
  }

  @Test
  void aForgottenSessionIsReplacedIfTheTransactionNeverBegan() {
    try (OrdinalClient client = client()) {
      client.commit(put("a")).orThrow();
      journal.loseSessions();
      assertThat(client.commit(put("b"))).isInstanceOf(Outcome.Committed.class);
    }
    assertThat(journal.sessionsOpened()).isEqualTo(2);
    assertThat(journal.puts()).containsExactly("a", "b");
  }

  @Test
  void aForgottenSessionLeavesATransactionUnknownThatMayHaveHappened() {
    first.follow(
        Script.first((store, transaction, answers) -> {
          store.commit(transaction.getTransaction());
          store.loseSessions();
          return false;
        }));
    try (OrdinalClient client = client()) {
      assertThat(client.commit(put("a"))).isInstanceOf(Outcome.Unknown.class);
    }
    assertThat(journal.puts()).containsExactly("a");
  }

  @Test
  void afterAnUnknownOutcomeANewSessionGoesOnAndTheOldKeepsIt() {
    first.follow(Script.first(Script.commitInSilence()));
    try (OrdinalClient client = impatient()) {
      Outcome.Unknown unknown = (Outcome.Unknown) client.commit(put("a"));
      client.commit(put("b")).orThrow();
      assertThat(journal.acknowledgedThrough(unknown.session())).isZero();
    }
    assertThat(journal.sessionsOpened()).isEqualTo(2);
  }

  @Test
  void anOutcomeIsAcknowledgedOnlyWhenAllBeforeItAreKnown() {
    first.follow(Script.first(Script.silence()));
    try (OrdinalClient client = impatient()) {
      CompletableFuture<Outcome> stuck = client.commitAsync(put("stuck"));
      for (int i = 0; i < 10; i++) {
        client.commit(put("k" + i)).orThrow();
      }
      assertThat(first.received())
          .allSatisfy(each -> assertThat(each.getTransaction().getAcknowledgedThrough()).isZero());
      assertThat(stuck.join()).isInstanceOf(Outcome.Unknown.class);
    }
  }

  @Test
  void sequencesAreDenseAndAcknowledgedAsTheyAreAnswered() {
    try (OrdinalClient client = client()) {
      for (int i = 0; i < 1_000; i++) {
        client.commit(put("k" + i)).orThrow();
      }
    }
    assertThat(first.received())
        .extracting(each -> each.getTransaction().getSequence())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_000).boxed().toList());
    assertThat(first.received())
        .allSatisfy(each ->
            assertThat(each.getTransaction().getAcknowledgedThrough())
                .isEqualTo(each.getTransaction().getSequence() - 1));
  }

  @Test
  void unaryCommitsAreRepeatedInTheSameWay() {
    first.follow(Script.first(Script.commitAndDrop(), Script.commitUndetermined()));
    try (OrdinalClient client =
        OrdinalClient.builder(List.of(first.address())).unary(true).connect()) {
      List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
      IntStream.range(0, 50).forEach(i -> outcomes.add(client.commitAsync(put("k" + i))));
      assertThat(outcomes).allSatisfy(each -> assertThat(each.join().isCommitted()).isTrue());
    }
    assertThat(journal.puts()).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void aReplicaThatFallsSilentIsLeftForAnother() {
    first.follow(Script.always(Script.commitInSilence()));
    try (OrdinalClient client = client()) {
      assertThat(client.commit(put("a"))).isInstanceOf(Outcome.Committed.class);
    }
    assertThat(second.received()).hasSize(1);
    assertThat(journal.puts()).containsExactly("a");
  }

  @Test
  void aDeadLeaderThatIsNamedAgainAndAgainHoldsNothingUp() {
    first.close();
    Script.Step stale = Script.notLeader(first.address());
    second.follow(Script.first(stale, stale, stale));
    try (OrdinalClient client = OrdinalClient.connect(List.of(second.address(), first.address()))) {
      assertThat(client.commit(put("a"))).isInstanceOf(Outcome.Committed.class);
    }
    assertThat(second.received()).hasSize(4);
  }

  @Test
  void aLeaderThatIsNamedAndOnlyAcceptsConnectionsIsLeftForAnother() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      second.follow(Script.first(Script.notLeader("127.0.0.1:" + mute.getLocalPort())));
      try (OrdinalClient client = OrdinalClient.connect(List.of(second.address()))) {
        assertThat(client.commit(put("a"))).isInstanceOf(Outcome.Committed.class);
      }
    }
  }

  @Test
  void aTransactionThatIsPassedOverIsAskedForAgain() {
    first.follow(Script.first(Script.commitInSilence()));
    try (OrdinalClient client = client()) {
      CompletableFuture<Outcome> passedOver = client.commitAsync(put("passed over"));
      for (int i = 0; !passedOver.isDone(); i++) {
        client.commit(put("k" + i)).orThrow();
      }
      assertThat(passedOver.join()).isEqualTo(committedAt(1));
    }
    assertThat(journal.puts()).doesNotHaveDuplicates();
  }

  @Test
  void aReplicaThatOnlyRefusesIsLeftForAnother() {
    first.follow(Script.always(Script.overloaded()));
    try (OrdinalClient client = client()) {
      assertThat(client.commit(put("a"))).isInstanceOf(Outcome.Committed.class);
    }
    assertThat(second.received()).hasSize(1);
  }

  @Test
  void hintsToALeaderThatCannotBeReachedKeepNobodyFromBeingAsked() {
    ClientLoop loop = new ClientLoop();
    Replicas replicas = new Replicas(loop, List.of("a:1", "b:2", "c:3"), 0);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      asked.add(replicas.leader());
      replicas.hinted(replicas.leader(), "nowhere:4");
      replicas.leaderFailed("nowhere:4");
    }
    assertThat(asked).containsExactly("a:1", "b:2", "c:3", "a:1");
    loop.close();
  }

  @Test
  void anOldHintDoesNotTakeAwayTheLeaderThatWasFoundSince() {
    ClientLoop loop = new ClientLoop();
    Replicas replicas = new Replicas(loop, List.of("a:1", "b:2", "c:3"), 0);
    replicas.hinted("a:1", "c:3");
    replicas.hinted("a:1", "b:2");
    assertThat(replicas.leader()).isEqualTo("c:3");
    loop.close();
  }

  @Test
  void closingClosesTheSessionWhoseOutcomesAreAllKnown() {
    OrdinalClient client = client();
    client.commit(put("a")).orThrow();
    client.close();
    assertThat(journal.closedSessions()).hasSize(1);
    assertThat(client.commit(put("b"))).isInstanceOf(Outcome.NotAccepted.class);
  }

  private OrdinalClient impatient() {
    return OrdinalClient.builder(List.of(first.address(), second.address()))
        .commitTimeout(Duration.ofMillis(700))
        .connect();
  }

  private static Outcome.Committed committedAt(long order) {
    return new Outcome.Committed(OrderId.of(order), List.of(new GroupOutcome.Accepted(0)));
  }

  private static Outcome.Cases<Outcome> olderBy(long orders) {
    return new CommittedOnly(committed -> committedAt(committed.order().value() - orders));
  }
}
