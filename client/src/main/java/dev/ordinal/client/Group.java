package dev.ordinal.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a transaction that is accepted or refused as a whole: what it read, what must hold
 * for it, and its alternatives in order of preference, of which the store takes the first whose
 * guards and bounds hold.
 */
public record Group(
    List<ReadKey> readKeys,
    List<ReadRange> readRanges,
    List<Guard> guards,
    List<Alternative> alternatives) {

  public Group {
    readKeys = List.copyOf(readKeys);
    readRanges = List.copyOf(readRanges);
    guards = List.copyOf(guards);
    alternatives = List.copyOf(alternatives);
    if (alternatives.isEmpty()) {
      throw new IllegalArgumentException("a group has at least one alternative");
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A key that was read, at {@code at}, or without it at the transaction's snapshot. */
  public record ReadKey(Key key, @Nullable OrderId at) {}

  /** Every key of a range was read, those that did not exist included. */
  public record ReadRange(KeyRange range, @Nullable OrderId at) {}

  /** Collects a group. Operations go in directly, or in alternatives; not both. */
  public static final class Builder implements GroupSteps<Builder> {
    private final List<ReadKey> readKeys = new ArrayList<>();
    private final List<ReadRange> readRanges = new ArrayList<>();
    private final List<Guard> guards = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Alternative> alternatives = new ArrayList<>();

    Builder() {}

    boolean isEmpty() {
      return readKeys.isEmpty()
          && readRanges.isEmpty()
          && guards.isEmpty()
          && operations.isEmpty()
          && alternatives.isEmpty();
    }

    @Override
    public Builder read(ReadKey read) {
      readKeys.add(read);
      return this;
    }

    @Override
    public Builder read(ReadRange read) {
      readRanges.add(read);
      return this;
    }

    @Override
    public Builder require(Guard guard) {
      guards.add(guard);
      return this;
    }

    @Override
    public Builder operation(Operation operation) {
      operations.add(operation);
      return this;
    }

    @Override
    public Builder alternative(Alternative alternative) {
      alternatives.add(alternative);
      return this;
    }

    /**
     * The group as collected.
     *
     * @throws IllegalStateException if it has operations of its own and alternatives too
     */
    public Group build() {
      if (alternatives.isEmpty()) {
        return new Group(
            readKeys, readRanges, guards, List.of(new Alternative(List.of(), operations)));
      }
      if (!operations.isEmpty()) {
        throw new IllegalStateException(
            "a group has either operations (%d) or alternatives (%d)"
                .formatted(operations.size(), alternatives.size()));
      }
      return new Group(readKeys, readRanges, guards, alternatives);
    }
  }
}
