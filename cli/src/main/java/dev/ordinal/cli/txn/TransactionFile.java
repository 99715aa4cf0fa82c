package dev.ordinal.cli.txn;

import dev.ordinal.client.Alternative;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A transaction as its JSON file has it; every field is optional but {@code groups}.
 *
 * @param readOrder the order ID that was read at; none: the transaction is blind as a whole
 * @param mode {@code KEYS} or {@code JOURNAL}
 * @param policy {@code ALL}, {@code INCREMENTAL} or {@code AT_LEAST}
 * @param atLeast with {@code AT_LEAST}: how many groups
 */
public record TransactionFile(
    @Nullable Long readOrder,
    @Nullable Mode mode,
    @Nullable PolicyName policy,
    int atLeast,
    @Nullable Map<String, String> labels,
    @Nullable List<GroupJson> groups) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  /** The names of {@link Policy}. */
  public enum PolicyName {
    ALL,
    INCREMENTAL,
    AT_LEAST
  }

  /** See {@link Group}: either {@code operations} or {@code alternatives}. */
  public record GroupJson(
      @Nullable List<String> read,
      @Nullable List<RangeJson> readRanges,
      @Nullable List<GuardJson> guards,
      @Nullable List<OperationJson> operations,
      @Nullable List<AlternativeJson> alternatives) {

    Group group() {
      Group.Builder group = Group.builder();
      each(read).forEach(key -> group.read(Key.of(key)));
      each(readRanges).forEach(range -> group.read(range.range()));
      each(guards).forEach(guard -> group.require(guard.guard()));
      each(operations).forEach(operation -> group.operation(operation.operation()));
      each(alternatives).forEach(alternative -> group.alternative(alternative.alternative()));
      return group.build();
    }
  }

  /** See {@link Alternative}. */
  public record AlternativeJson(
      @Nullable List<GuardJson> guards, @Nullable List<OperationJson> operations) {
    Alternative alternative() {
      return new Alternative(
          each(guards).stream().map(GuardJson::guard).toList(),
          each(operations).stream().map(OperationJson::operation).toList());
    }
  }

  /** {@code end} is exclusive; none: no upper end. */
  public record RangeJson(String start, @Nullable String end) {
    KeyRange range() {
      return end == null
          ? KeyRange.from(Key.of(start))
          : KeyRange.between(Key.of(start), Key.of(end));
    }
  }

  /** Parses the text of a file. Throws {@link IllegalArgumentException} that says what is wrong. */
  public static TransactionFile parse(String text) {
    try {
      return JSON.readValue(text, TransactionFile.class);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(
          "not a transaction: " + MalformedJson.explain(malformed), malformed);
    }
  }

  /** The transaction; {@code history} is that of {@link #readOrder}. */
  public Transaction transaction(HistoryId history) {
    if (each(groups).isEmpty()) {
      throw new IllegalArgumentException("a transaction needs at least one group in \"groups\"");
    }
    Transaction.Builder transaction =
        readOrder == null
            ? Transaction.blind()
            : Transaction.reading(history, OrderId.of(readOrder));
    if (mode != null) {
      transaction.mode(mode);
    }
    transaction.policy(acceptance());
    if (labels != null) {
      labels.forEach(transaction::label);
    }
    each(groups).forEach(group -> transaction.group(group.group()));
    return transaction.build();
  }

  private Policy acceptance() {
    return switch (policy) {
      case null -> Policy.all();
      case ALL -> Policy.all();
      case INCREMENTAL -> Policy.incremental();
      case AT_LEAST -> Policy.atLeast(atLeast);
    };
  }

  private static <T> List<T> each(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  /** Exactly one condition beside the key. */
  public record GuardJson(
      String key,
      @Nullable Boolean exists,
      @Nullable String valueEquals,
      @Nullable Long counterAtLeast,
      @Nullable Long counterAtMost) {
    Guard guard() {
      onlyOne("guard on " + key, exists, valueEquals, counterAtLeast, counterAtMost);
      Key on = Key.of(key);
      if (exists != null) {
        return exists ? Guard.exists(on) : Guard.absent(on);
      }
      if (valueEquals != null) {
        return Guard.valueEquals(on, Value.of(valueEquals));
      }
      if (counterAtLeast != null) {
        return Guard.counterAtLeast(on, counterAtLeast);
      }
      return Guard.counterAtMost(on, Objects.requireNonNull(counterAtMost));
    }
  }

  /**
   * Exactly one kind of operation beside the key; {@code blind}: the key does not count as read.
   *
   * @param delete true, or not there
   */
  public record OperationJson(
      String key,
      @Nullable String put,
      @Nullable Boolean delete,
      @Nullable String deleteUntil,
      @Nullable Long add,
      @Nullable Counter createCounter,
      @Nullable BoundsJson setBounds,
      boolean blind) {
    Operation operation() {
      Boolean deleted = Boolean.TRUE.equals(delete) ? true : null;
      onlyOne("operation on " + key, put, deleted, deleteUntil, add, createCounter, setBounds);
      Operation operation = plain(Key.of(key));
      return blind ? operation.asBlind() : operation;
    }

    private Operation plain(Key on) {
      if (put != null) {
        return Operation.put(on, Value.of(put));
      }
      if (deleteUntil != null) {
        return Operation.deleteRange(KeyRange.between(on, Key.of(deleteUntil)));
      }
      if (add != null) {
        return Operation.add(on, add);
      }
      if (createCounter != null) {
        return Operation.createCounter(on, createCounter);
      }
      if (setBounds != null) {
        return Operation.setBounds(on, setBounds.low, setBounds.high);
      }
      return Operation.delete(on);
    }
  }

  /** New bounds of a counter, both inclusive. */
  public record BoundsJson(long low, long high) {}

  private static void onlyOne(String what, @Nullable Object... given) {
    long count = Arrays.stream(given).filter(Objects::nonNull).count();
    if (count != 1) {
      throw new IllegalArgumentException(
          "a %s says exactly one thing beside its key, this one %d".formatted(what, count));
    }
  }
}
