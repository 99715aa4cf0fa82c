package dev.ordinal.cli.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ordinal.client.Counter;
import dev.ordinal.client.Group;
import dev.ordinal.client.Guard;
import dev.ordinal.client.HistoryId;
import dev.ordinal.client.Key;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.Mode;
import dev.ordinal.client.Operation;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.Policy;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import org.junit.jupiter.api.Test;

class TransactionFileTest {
  private static final Key KEY = Key.of("k");

  @Test
  void everyFieldOfTheFileReachesTheTransaction() {
    Transaction transaction =
        transaction(
            """
            {"readOrder": 17, "mode": "JOURNAL", "policy": "AT_LEAST", "atLeast": 1,
             "labels": {"why": "example"},
             "groups": [
               {"read": ["k"], "readRanges": [{"start": "k", "end": "l"}, {"start": "m"}],
                "guards": [{"key": "k", "exists": false}],
                "alternatives": [
                  {"operations": [{"key": "k", "add": -4}]},
                  {"guards": [{"key": "k", "counterAtLeast": 8}],
                   "operations": [{"key": "k", "put": "v"}]}]}]}
            """);
    assertThat(transaction.readOrder()).contains(OrderId.of(17));
    assertThat(transaction.mode()).isEqualTo(Mode.JOURNAL);
    assertThat(transaction.policy()).isEqualTo(Policy.atLeast(1));
    Group group = transaction.groups().getFirst();
    assertThat(group.readKeys()).extracting(Group.ReadKey::key).containsExactly(KEY);
    assertThat(group.readRanges())
        .extracting(Group.ReadRange::range)
        .containsExactly(KeyRange.between(KEY, Key.of("l")), KeyRange.from(Key.of("m")));
    assertThat(group.guards()).containsExactly(Guard.absent(KEY));
    assertThat(group.alternatives()).hasSize(2);
    assertThat(group.alternatives().getLast().guards())
        .containsExactly(Guard.counterAtLeast(KEY, 8));
  }

  @Test
  void everyOperationHasItsForm() {
    assertThat(operation("\"put\": \"v\"")).isEqualTo(Operation.put(KEY, Value.of("v")));
    assertThat(operation("\"delete\": true")).isEqualTo(Operation.delete(KEY));
    assertThat(operation("\"deleteUntil\": \"l\""))
        .isEqualTo(Operation.deleteRange(KeyRange.between(KEY, Key.of("l"))));
    assertThat(operation("\"add\": -2")).isEqualTo(Operation.add(KEY, -2));
    assertThat(operation("\"createCounter\": {\"value\": 1, \"low\": 0, \"high\": 2}"))
        .isEqualTo(Operation.createCounter(KEY, new Counter(1, 0, 2)));
    assertThat(operation("\"setBounds\": {\"low\": 0, \"high\": 2}"))
        .isEqualTo(Operation.setBounds(KEY, 0, 2));
    assertThat(operation("\"put\": \"v\", \"blind\": true"))
        .isEqualTo(Operation.put(KEY, Value.of("v")).asBlind());
  }

  @Test
  void whatIsWrongIsNamed() {
    refuses("{\"groups\": [", "not a transaction", "line 1");
    refuses("{\"grops\": []}", "grops");
    refuses("{\"groups\": []}", "at least one group");
    refuses("{} {}", "not a transaction");
    refuses("{\"policy\": \"MOST\", \"groups\": []}", "policy must be one of", "INCREMENTAL");
    refuses("[]", "one JSON object");
    refusesOperation("\"put\": \"v\", \"add\": 1", "operation on k", "exactly one", "2");
    refusesOperation("\"delete\": false", "operation on k", "exactly one", "0");
    refusesOperation("\"blind\": true", "operation on k", "exactly one", "0");
    refusesOperation(
        "\"createCounter\": {\"value\": 3, \"low\": 0, \"high\": 2}", "value 3", "high 2");
  }

  @Test
  void aFieldThatIsWrongIsNamedByItsPathWithWhatMayStandThere() {
    refusesOperation(
        "\"ad\": 1", "there is no field groups[0].operations[0].ad", "add, blind, createCounter");
    refusesOperation("\"add\": \"much\"", "groups[0].operations[0].add must be a whole number");
    refusesOperation("\"put\": {}", "groups[0].operations[0].put must be a text");
    refusesOperation("\"blind\": 7.5", "groups[0].operations[0].blind must be true or false");
    refuses("{\"groups\": {}}", "groups must be a list");
    refuses("{\"labels\": [], \"groups\": []}", "labels must be an object");
  }

  private static void refusesOperation(String fields, String... words) {
    refuses(file(fields), words);
  }

  private static void refuses(String text, String... words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transaction(text))
        .extracting(Throwable::getMessage)
        .asString()
        .contains(words);
  }

  private static Operation operation(String fields) {
    Group group = transaction(file(fields)).groups().getFirst();
    return group.alternatives().getFirst().operations().getFirst();
  }

  private static String file(String fields) {
    return "{\"groups\": [{\"operations\": [{\"key\": \"k\", %s}]}]}".formatted(fields);
  }

  private static Transaction transaction(String text) {
    return TransactionFile.parse(text).transaction(HistoryId.ANY);
  }
}
