package dev.ordinal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.proto.store.v1.CommitFrame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How transactions travel together. */
class FramesTest {
  private final ModelJournal journal = new ModelJournal();
  private final ScriptedStore store = new ScriptedStore(journal);
  private OrdinalClient client;

  @BeforeEach
  void connect() {
    client = OrdinalClient.connect(List.of(store.address()));
  }

  @AfterEach
  void close() {
    client.close();
    store.close();
  }

  private static Transaction put(String key, int bytes) {
    return Transaction.blind().put(Key.of(key), Value.of(new byte[bytes])).build();
  }

  private List<CompletableFuture<Outcome>> commit(int count, int bytes) {
    return IntStream.range(0, count)
        .mapToObj(i -> client.commitAsync(put("k" + i, bytes)))
        .toList();
  }

  private static void join(List<CompletableFuture<Outcome>> outcomes) {
    assertThat(outcomes).allSatisfy(each -> assertThat(each.join().isCommitted()).isTrue());
  }

  @Test
  void transactionsOfOneMomentShareAFrame() {
    join(commit(5_000, 10));
    assertThat(store.received()).hasSize(5_000);
    assertThat(store.frames()).hasSizeLessThan(2_500);
    assertThat(client.figures().transactionsSent()).isEqualTo(5_000);
    assertThat(client.figures().framesSent()).isEqualTo(store.frames().size());
  }

  @Test
  void transactionsAreJudgedInTheOrderInWhichOneThreadCommitsThem() {
    join(commit(2_000, 10));
    assertThat(journal.puts())
        .containsExactlyElementsOf(IntStream.range(0, 2_000).mapToObj(i -> "k" + i).toList());
  }

  @Test
  void aFrameHoldsAMebibyteUnlessOneTransactionIsLarger() {
    join(commit(16, 400_000));
    assertThat(store.frames())
        .allSatisfy(
            frame -> assertThat(frame.getSerializedSize()).isLessThan(Committer.FRAME_BYTES_MAX));
    Transaction.Builder large = Transaction.blind();
    IntStream.range(0, 3).forEach(i -> large.put(Key.of("l" + i), Value.of(new byte[1 << 20])));
    client.commit(large.build()).orThrow();
  }

  @Test
  void noMoreThanTheWindowIsUnanswered() {
    store.follow(Script.always(Script.silence()));
    List<CompletableFuture<Outcome>> outcomes = commit(1_000, 10);
    await().until(() -> store.received().size() >= Session.WINDOW);
    store.follow(Script.answerAll());
    assertThat(store.received()).hasSize(Session.WINDOW);
    join(outcomes);
    assertThat(journal.puts()).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void noMoreThanTheCreditIsSentBeforeAReply() {
    store.grantAtStart(3);
    client.commit(put("first", 1)).orThrow();
    int before = store.frames().size();
    join(commit(100, 10));
    assertThat(store.frames().subList(before, store.frames().size()))
        .extracting(CommitFrame::getTransactionsCount)
        .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(3));
  }

  @Test
  void aFutureMayCommitAgainAndMustNotWait() {
    AtomicInteger left = new AtomicInteger(1_000);
    List<CompletableFuture<Void>> chains =
        IntStream.range(0, 20).mapToObj(i -> commitChain(left)).toList();
    chains.forEach(CompletableFuture::join);
    CompletableFuture<String> refused =
        client.commitAsync(put("waits", 1)).thenApply(outcome -> blockingCommit());
    assertThat(refused.join()).contains("must not wait");
  }

  private String blockingCommit() {
    try {
      return "committed " + client.commit(put("nested", 1));
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Each outcome leads to the next commit, on the client's own thread. */
  private CompletableFuture<Void> commitChain(AtomicInteger left) {
    int number = left.decrementAndGet();
    return number < 0
        ? CompletableFuture.completedFuture(null)
        : client.commitAsync(put("c" + number, 1)).thenCompose(outcome -> commitChain(left));
  }

  @Test
  void whatHasNoOutcomeIsBounded() {
    store.follow(Script.always(Script.silence()));
    try (OrdinalClient small =
        OrdinalClient.builder(List.of(store.address()))
            .outstandingMax(2)
            .commitTimeout(Duration.ofMillis(300))
            .connect()) {
      var a = small.commitAsync(put("a", 1));
      var b = small.commitAsync(put("b", 1));
      assertThat(small.commitAsync(put("c", 1)).join()).isInstanceOf(Outcome.NotAccepted.class);
      CompletableFuture.allOf(a, b).join();
    }
  }
}
