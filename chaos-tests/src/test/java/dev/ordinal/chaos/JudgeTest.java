package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.client.Change;
import dev.ordinal.client.Content;
import dev.ordinal.client.Counter;
import dev.ordinal.client.Guard;
import dev.ordinal.client.HistoryId;
import dev.ordinal.client.JournalRecord;
import dev.ordinal.client.Key;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A judge that cannot condemn proves nothing: each crime it must see, by an example. */
class JudgeTest {
  private static final Key KEY = Key.of("k");
  private static final Value ONE = Value.of("1");
  private static final Value TWO = Value.of("2");
  private static final Outcome REFUSED = new Outcome.Refused(List.of(), OrderId.NONE);
  private static final Outcome UNKNOWN = new Outcome.Unknown(1, 1, "no answer");

  @Test
  void aJournalThatAgreesWithEverybodyHasNoFaults() {
    Judge judge =
        judge(
            List.of(attempt("a", put(ONE), at(1)), attempt("b", put(TWO), at(2))),
            record(1, "a", ONE),
            record(2, "b", TWO));
    assertThat(judge.faults()).isEmpty();
    assertThat(judge.rows().get(KEY))
        .extracting("content", "modifiedAt")
        .containsExactly(TWO, id(2));
  }

  @Test
  void whatIsUnknownMayBeThereOrNot() {
    List<Attempt> attempts = List.of(attempt("a", put(ONE), UNKNOWN));
    assertThat(judge(attempts).faults()).isEmpty();
    assertThat(judge(attempts, record(1, "a", ONE)).faults()).isEmpty();
  }

  @Test
  void anAcknowledgedCommitThatIsLostIsAFault() {
    assertThat(judge(List.of(attempt("a", put(ONE), at(1)))).faults())
        .singleElement()
        .asString()
        .contains("a was acknowledged and stands at null");
  }

  @Test
  void anAcknowledgedCommitAtAnotherOrderIdIsAFault() {
    assertThat(judge(List.of(attempt("a", put(ONE), at(2))), record(1, "a", ONE)).faults())
        .hasSize(1);
  }

  @Test
  void anEffectThatWasRefusedIsAFault() {
    assertThat(judge(List.of(attempt("a", put(ONE), REFUSED)), record(1, "a", ONE)).faults())
        .singleElement()
        .asString()
        .contains("took effect at 1");
  }

  @Test
  void anEffectThatStandsTwiceIsAFault() {
    assertThat(
            judge(List.of(attempt("a", put(ONE), at(1))), record(1, "a", ONE), record(2, "a", ONE))
                .faults())
        .singleElement()
        .asString()
        .contains("at 1 and again at 2");
  }

  @Test
  void anEffectThatNobodyAskedForIsAFault() {
    assertThat(judge(List.of(), record(1, "a", ONE)).faults()).hasSize(1);
    assertThat(judge(List.of(attempt("a", put(ONE), at(1))), record(1, "a", TWO)).faults())
        .hasSize(1);
    assertThat(judge(List.of(attempt("a", put(ONE), at(1))), record(1, "a", null)).faults())
        .hasSize(1);
  }

  @Test
  void aGapInTheOrderIsAFault() {
    assertThat(judge(List.of(attempt("a", put(ONE), at(2))), record(2, "a", ONE)).faults())
        .singleElement()
        .asString()
        .contains("order ID 2 follows 0");
  }

  @Test
  void aCommitBeforeOneThatWasKnownWhenItBeganIsAFault() {
    Attempt late = new Attempt("b", put(TWO), id(2), at(1));
    assertThat(
            judge(
                    List.of(late, attempt("a", put(ONE), at(2))),
                    record(1, "b", TWO),
                    record(2, "a", ONE))
                .faults())
        .singleElement()
        .asString()
        .contains("b began after 2 was acknowledged");
  }

  @Test
  void twoWhoOverwriteWhatTheyReadCannotBothSucceed() {
    Transaction reader = Transaction.reading(HistoryId.ANY, OrderId.NONE).put(KEY, TWO).build();
    assertThat(
            judge(
                    List.of(attempt("a", put(ONE), at(1)), attempt("b", reader, at(2))),
                    record(1, "a", ONE),
                    record(2, "b", TWO))
                .faults())
        .singleElement()
        .asString()
        .contains("b at 2 read k at 0");
  }

  @Test
  void aGuardThatDoesNotHoldIsAFault() {
    Transaction guarded = Transaction.blind().require(Guard.exists(KEY)).put(KEY, ONE).build();
    assertThat(judge(List.of(attempt("a", guarded, at(1))), record(1, "a", ONE)).faults())
        .singleElement()
        .asString()
        .contains("does not hold");
  }

  @Test
  void aCounterThatIsWrongOrOutOfItsBoundsIsAFault() {
    Counter two = new Counter(2, 0, 2);
    Transaction create = Transaction.blind().createCounter(KEY, two).build();
    Transaction take = Transaction.blind().add(KEY, -1).build();
    Transaction add = Transaction.blind().add(KEY, 1).build();
    List<Attempt> attempts =
        List.of(attempt("c", create, at(1)), attempt("t", take, at(2)), attempt("a", add, UNKNOWN));
    JournalRecord created = record(1, "c", two);
    JournalRecord taken = record(2, "t", new Counter(1, 0, 2));

    assertThat(judge(attempts, created, taken).faults()).isEmpty();
    assertThat(judge(attempts, created, record(2, "t", new Counter(0, 0, 2))).faults()).hasSize(1);
    assertThat(judge(attempts, created, record(2, "a", new Counter(3, 0, 3))).faults())
        .anyMatch(fault -> fault.contains("breaks the bounds"));
  }

  private static Judge judge(List<Attempt> attempts, JournalRecord... journal) {
    Judge judge = new Judge(attempts);
    List.of(journal).forEach(judge::replay);
    return judge;
  }

  private static Attempt attempt(String id, Transaction transaction, Outcome outcome) {
    return new Attempt(id, transaction, OrderId.NONE, outcome);
  }

  private static Transaction put(Value value) {
    return Transaction.blind().put(KEY, value).build();
  }

  private static Outcome at(long order) {
    return new Outcome.Committed(id(order), List.of());
  }

  private static OrderId id(long order) {
    return OrderId.of(order);
  }

  private static JournalRecord record(long order, String id, @Nullable Content content) {
    return new JournalRecord(
        id(order),
        new JournalRecord.Author(order, 1, order),
        Map.of(Attempt.LABEL, id),
        List.of(new Change(KEY, content, OrderId.NONE)),
        Value.of("digest"));
  }
}
