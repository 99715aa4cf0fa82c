package dev.ordinal.client;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An optimistic transaction: what it read, and what it wants to change if that still holds.
 *
 * <pre>{@code
 * Transaction claim =
 *     Transaction.reading(snapshot)
 *         .read(Key.of("node/n1"))
 *         .require(Guard.absent(Key.of("task/t1")))
 *         .add(Key.of("node/n1/cpu"), -4_000)
 *         .put(Key.of("task/t1"), Value.of("n1"))
 *         .build();
 * }</pre>
 *
 * <p>What is said on the builder itself is the first group; {@link Builder#group} adds others.
 * Immutable, encoded once when it is built, and may be committed any number of times: each commit
 * is a transaction of its own.
 */
public final class Transaction {
  /** The largest transaction, in encoded bytes: 4 MiB. */
  public static final int BYTES_MAX = 4 << 20;

  /** The most operations of one transaction, over all groups and alternatives. */
  public static final int OPERATIONS_MAX = 4096;

  /** The most ranges that one transaction may read. */
  public static final int RANGES_MAX = 1024;

  /** The most labels of one transaction. */
  public static final int LABELS_MAX = 16;

  private final Header header;
  private final List<Group> groups;
  private final boolean session;
  private final ByteString encoded;

  private Transaction(Builder builder) {
    this.header = builder.header();
    this.groups = builder.allGroups();
    this.session = builder.session;
    Limits.check(groups, builder.policy, builder.labels);
    this.encoded = TransactionCodec.encode(header, groups);
    Limits.checkSize(encoded.size());
  }

  /** A transaction that read at {@code view}'s order ID. */
  public static Builder reading(ReadView view) {
    return new Builder(view.history(), view.order());
  }

  /** A transaction that read at {@code order} of {@code history}. */
  public static Builder reading(HistoryId history, OrderId order) {
    return new Builder(history, order);
  }

  /** A transaction that read nothing: only its guards and counters' bounds can refuse it. */
  public static Builder blind() {
    return new Builder(HistoryId.ANY, null);
  }

  public List<Group> groups() {
    return groups;
  }

  /** The order ID that was read at; empty if the transaction is blind as a whole. */
  public Optional<OrderId> readOrder() {
    return Optional.ofNullable(header.readOrder());
  }

  public Mode mode() {
    return header.mode();
  }

  public Policy policy() {
    return header.policy();
  }

  boolean usesSession() {
    return session;
  }

  /** Everything but the session, the sequence and what is acknowledged. */
  ByteString encoded() {
    return encoded;
  }

  @Override
  public String toString() {
    return "Transaction" + groups;
  }

  /** The parts of a transaction outside its groups. */
  record Header(
      HistoryId history,
      @Nullable OrderId readOrder,
      Mode mode,
      Policy policy,
      Map<String, String> labels) {
    Header {
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
  }

  /** Collects a transaction. */
  public static final class Builder implements GroupSteps<Builder> {
    private final HistoryId history;
    private final @Nullable OrderId readOrder;
    private final Group.Builder first = Group.builder();
    private final List<Group> more = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private Mode mode = Mode.KEYS;
    private Policy policy = Policy.all();
    private boolean session = true;

    Builder(HistoryId history, @Nullable OrderId readOrder) {
      this.history = history;
      this.readOrder = readOrder;
    }

    /** The next group, after what was said on this builder itself. */
    public Builder group(Group group) {
      more.add(group);
      return this;
    }

    /** How many groups must be accepted. Default: {@link Policy#all()}. */
    public Builder policy(Policy value) {
      this.policy = value;
      return this;
    }

    /**
     * What must not have changed since. Default: {@link Mode#KEYS}. {@link Mode#JOURNAL} needs a
     * transaction that reads.
     */
    public Builder mode(Mode value) {
      this.mode = value;
      return this;
    }

    /** A word that the journal keeps with the record; at most 16, 1 KiB together. */
    public Builder label(String name, String value) {
      labels.put(name, value);
      return this;
    }

    /**
     * Commits it outside the client's session: one round trip less for a program that commits only
     * once, but it is not repeated when its reply is lost; the outcome is then {@link
     * Outcome.Unknown}.
     */
    public Builder withoutSession() {
      this.session = false;
      return this;
    }

    @Override
    public Builder read(Group.ReadKey read) {
      first.read(read);
      return this;
    }

    @Override
    public Builder read(Group.ReadRange read) {
      first.read(read);
      return this;
    }

    @Override
    public Builder require(Guard guard) {
      first.require(guard);
      return this;
    }

    @Override
    public Builder operation(Operation operation) {
      first.operation(operation);
      return this;
    }

    @Override
    public Builder alternative(Alternative alternative) {
      first.alternative(alternative);
      return this;
    }

    /**
     * The transaction as collected.
     *
     * @throws IllegalArgumentException if a limit is passed or the parts do not fit together; the
     *     message says what is allowed
     */
    public Transaction build() {
      if (mode == Mode.JOURNAL && readOrder == null) {
        throw new IllegalArgumentException(
            "mode JOURNAL compares with the order ID that was read; start with reading(view)");
      }
      return new Transaction(this);
    }

    private Header header() {
      return new Header(history, readOrder, mode, policy, labels);
    }

    private List<Group> allGroups() {
      if (first.isEmpty()) {
        return List.copyOf(more);
      }
      List<Group> all = new ArrayList<>(more.size() + 1);
      all.add(first.build());
      all.addAll(more);
      return List.copyOf(all);
    }
  }
}
