package dev.ordinal.journal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.codec.CommandCodec;
import dev.ordinal.journal.codec.CommandEncoder;
import dev.ordinal.journal.codec.OutcomeCodec;
import dev.ordinal.journal.model.JournalCoverage;
import dev.ordinal.journal.model.ModelJournal;
import dev.ordinal.journal.model.ModelLeases;
import dev.ordinal.journal.model.RandomCommands;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.store.StateStore;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Label;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.journal.validation.Horizon;
import dev.ordinal.journal.validation.Modifications;
import dev.ordinal.journal.validation.Validator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * One seed: slots of random commands go through the machine under test and through the model; now
 * and then the store is flushed or crashes, and what was lost is applied again.
 */
final class JournalRun {
  static final Horizon.Limits HORIZON = new Horizon.Limits(16, 4000);
  private static final Capacity CAPACITY =
      new Capacity(4, 6, 5, new Capacity.Leasing(5, 7, 3, 8, 2));
  private static final long HISTORY = 0x0123_4567_89ab_cdefL;
  private static final int SLOTS = 40;

  /** As in production: verdicts from the index. */
  static final Variant INDEXED = new Variant(6, (stored, index) -> index, UnaryOperator.identity());

  /** Verdicts from storage alone. A slot holds one command, so that all is stored when judged. */
  static final Variant STORED =
      new Variant(1, (stored, index) -> new StoredModifications(stored), UnaryOperator.identity());

  /**
   * How modifications are found, how many commands a slot may hold for it, and what the machine
   * takes a command for.
   */
  record Variant(
      int commandsMax,
      BiFunction<StateStore, Modifications, Modifications> source,
      UnaryOperator<Command> heard) {}

  /** Where the stores of a run come from. */
  interface Stores {
    StateStore create(Head initial);

    StateStore crash(StateStore store, RandomGenerator random);
  }

  private final Variant variant;
  private final JournalCoverage coverage;
  private final Stores stores;
  private final RandomGenerator random;
  private final RandomCommands commands;
  private final ModelJournal model;
  private final ModelLeases leases = new ModelLeases(5, 7, 3, 8, 2);

  /** What each slot held and what it came to; index 0 is slot 1. */
  private final List<List<Command>> log = new ArrayList<>();

  private final List<Applied> applied = new ArrayList<>();
  private final Map<Origin, Outcome> committed = new HashMap<>();

  /** How often a step of collecting follows a slot; in some runs never. */
  private final double collectRate;

  private StateStore store;
  private StateMachine machine;
  private long flushedSlot;

  /** When the store was opened. */
  private long collectedBefore;

  JournalRun(long seed, Variant variant, JournalCoverage coverage, Stores stores) {
    this.variant = variant;
    this.coverage = coverage;
    this.stores = stores;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.commands = new RandomCommands(random, HISTORY);
    this.collectRate = random.nextInt(3) == 0 ? 0 : random.nextDouble();
    this.model =
        new ModelJournal(
            HISTORY,
            HORIZON,
            CAPACITY.sessionsMax(),
            CAPACITY.outcomesMax(),
            CAPACITY.deletedKeysMax(),
            leases);
    this.store = stores.create(Head.initial(HISTORY, HORIZON));
    this.machine = open();
  }

  private StateMachine open() {
    return StateMachine.open(
        store,
        CAPACITY,
        index ->
            new Validator(
                variant.source().apply(store, index), HISTORY, CAPACITY.deletedKeysMax()));
  }

  void run() {
    for (int i = 0; i < SLOTS; i++) {
      applyNext();
      if (random.nextDouble() < collectRate) {
        collect(1 + random.nextInt(5));
      }
      if (random.nextInt(6) == 0) {
        flushedSlot = store.flush();
      }
      if (random.nextInt(8) == 0) {
        crashAndReplay();
      }
      if (random.nextInt(4) == 0) {
        checks().readsAt(random.nextLong(floor(), model.lastOrder() + 1), random);
      }
    }
    if (collectRate > 0) {
      collect(Integer.MAX_VALUE);
    }
    for (long order = floor(); order <= model.lastOrder(); order++) {
      checks().readsAt(order, random);
    }
    checks().records();
    checks().removed(collectedBefore);
    store.close();
  }

  /** A step as the collector would take it, beside which any subscriber may be in the way. */
  private void collect(int effectsMax) {
    Head head = store.head();
    long pin = random.nextInt(3) == 0 ? random.nextLong(model.lastOrder() + 1) : Long.MAX_VALUE;
    long through = head.retention().dispensable(head.horizon().order(), pin, 0);
    if (store.collect(through, effectsMax)) {
      coverage.saw("collected");
    }
  }

  private long floor() {
    return model.retention().floor();
  }

  private JournalChecks checks() {
    return new JournalChecks(store, model);
  }

  private void applyNext() {
    List<Command> batch = new ArrayList<>();
    for (Command command : commands.next(model.lastOrder())) {
      if (batch.size() < variant.commandsMax()) {
        batch.add(throughTheWire(command));
      }
    }
    List<@Nullable Outcome> foregone = foregone(batch);
    long slot = log.size() + 1L;
    List<Command> heard = batch.stream().map(variant.heard()).toList();
    Applied result = machine.apply(slot, hashOf(slot), heard);
    store.write(result.changes());
    log.add(batch);
    applied.add(result);
    assertThat(result.outcomes())
        .as("outcomes of slot %d: %s", slot, batch)
        .isEqualTo(model.apply(slot, batch));
    checkLeases();
    assertThat(store.head().retention()).isEqualTo(model.retention());
    if (floor() > 0) {
      coverage.saw("floor moved");
    }
    commands.observe(result.outcomes());
    for (int i = 0; i < batch.size(); i++) {
      check(batch.get(i), foregone.get(i), result.outcomes().get(i));
    }
  }

  /** A key that ends with a lease exists, and one whose lease has ended does not. */
  private void checkLeases() {
    Map<Long, List<Key>> found = new TreeMap<>();
    store.leases().forEach(image -> found.put(image.header().id(), image.keys()));
    assertThat(found).isEqualTo(leases.keys());
    assertThat(model.state(model.lastOrder()).keySet())
        .containsAll(found.values().stream().flatMap(List::stream).toList());
    for (JournalRecord last : store.recordsAfter(Math.max(0, model.lastOrder() - 1), 1)) {
      if (last.labels().contains(new Label("cause", "lease-ended"))) {
        coverage.saw("keys of a lease deleted");
      }
    }
  }

  private static Command throughTheWire(Command command) {
    if (command instanceof Command.Barrier) {
      return command;
    }
    Command decoded = CommandCodec.decode(CommandEncoder.encode(command));
    assertThat(decoded).isEqualTo(command);
    return decoded;
  }

  /** What a leader would say before the batch; it does not ask for a second copy on its way. */
  private List<@Nullable Outcome> foregone(List<Command> batch) {
    List<@Nullable Outcome> outcomes = new ArrayList<>();
    Set<Origin> onTheirWay = new HashSet<>();
    for (Command command : batch) {
      boolean asked =
          command instanceof Command.Submit(Transaction transaction)
              && (!transaction.origin().hasSession() || onTheirWay.add(place(transaction)));
      outcomes.add(
          asked && command instanceof Command.Submit(Transaction transaction)
              ? machine.foregone(transaction)
              : null);
    }
    return outcomes;
  }

  private static Origin place(Transaction transaction) {
    return new Origin(transaction.origin().session(), transaction.origin().sequence(), 0);
  }

  private void check(Command command, @Nullable Outcome foregone, Outcome outcome) {
    coverage.saw(outcome);
    assertThat(OutcomeCodec.decode(OutcomeCodec.encode(outcome))).isEqualTo(outcome);
    if (!(command instanceof Command.Submit(Transaction transaction))) {
      return;
    }
    if (foregone instanceof Outcome.Refused || foregone instanceof Outcome.TooOld) {
      coverage.saw("foregone");
      assertThat(outcome)
          .as("foregone refusal %s of %s (I14)", foregone, transaction)
          .isNotInstanceOf(Outcome.Committed.class);
      assertThat(committed)
          .as("what is refused at the door never committed (I17)")
          .doesNotContainKey(place(transaction));
    }
    if (outcome instanceof Outcome.Committed && transaction.origin().hasSession()) {
      Origin place = place(transaction);
      Outcome first = committed.putIfAbsent(place, outcome);
      assertThat(first == null || first.equals(outcome))
          .as("one order ID for %s, not %s and %s (I17)", place, first, outcome)
          .isTrue();
      coverage.saw(first == null ? "first answer" : "repeat answered");
    }
  }

  private void crashAndReplay() {
    checks().removed(collectedBefore);
    store = stores.crash(store, random);
    collectedBefore = store.collectedThrough();
    machine = open();
    long from = store.head().slot().slot() + 1;
    assertThat(from).as("flushed through slot %d", flushedSlot).isGreaterThan(flushedSlot);
    for (long slot = from; slot <= log.size(); slot++) {
      coverage.saw("replayed");
      Applied again = machine.apply(slot, hashOf(slot), log.get((int) slot - 1));
      store.write(again.changes());
      assertThat(again).as("slot %d, replayed", slot).isEqualTo(applied.get((int) slot - 1));
    }
  }

  private static Digest hashOf(long slot) {
    return Digest.wrap(ByteBuffer.allocate(Digest.BYTES).putLong(slot).array());
  }
}
