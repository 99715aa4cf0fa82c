package dev.ordinal.journal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.model.JournalCoverage;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.retention.NotRetained;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.store.StateStore;
import dev.ordinal.journal.transaction.Command;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Broken retention: each variant must be caught within a few seeds, by a run or in the code. */
final class RetentionMutantsTest {
  private static final int SEEDS_MAX = 200;

  private static final JournalRun.Variant WITHOUT_HOLDS =
      new JournalRun.Variant(
          6,
          (stored, index) -> index,
          command ->
              command instanceof Command.Retain(RetentionChange.PlaceHold(String name, _, _))
                  ? new Command.Retain(new RetentionChange.ReleaseHold(name))
                  : command);

  @Test
  void aFloorThatPassesAHoldIsCaught() {
    assertThat(seedThatCatches(WITHOUT_HOLDS, new MemoryStores())).isPositive();
  }

  @Test
  void collectingTheRecordAfterTheFloorIsCaught() {
    assertCaught(inner ->
        new OverStore(inner) {
          @Override
          public boolean collect(long through, int effectsMax) {
            long beyond = Math.min(through + 1, inner.head().order().order());
            return inner.collect(beyond, effectsMax);
          }
        });
  }

  @Test
  void collectingWhatVerdictsStillNeedIsCaught() {
    assertCaught(inner ->
        new OverStore(inner) {
          @Override
          public boolean collect(long through, int effectsMax) {
            return inner.collect(inner.head().retention().floor(), effectsMax);
          }
        });
  }

  /** The cursor moves, and what it says is gone is not. */
  @Test
  void aCursorWithoutItsDeletesIsCaught() {
    assertCaught(inner ->
        new OverStore(inner) {
          private long through;

          @Override
          public boolean collect(long wanted, int effectsMax) {
            boolean more = wanted > through;
            through = Math.max(through, wanted);
            return more;
          }

          @Override
          public long collectedThrough() {
            return through;
          }
        });
  }

  /** Files go at once, and the cursor that they went by does not survive the crash. */
  @Test
  void journalFilesDroppedBeforeTheirCursorIsDurableAreCaught() {
    MemoryStores memory = new MemoryStores();
    JournalRun.Stores stores =
        new JournalRun.Stores() {
          @Override
          public StateStore create(Head initial) {
            return new Dropping(memory.create(initial), 0);
          }

          @Override
          public StateStore crash(StateStore store, RandomGenerator random) {
            Dropping before = (Dropping) store;
            return new Dropping(memory.crash(before.inner, random), before.dropped);
          }
        };
    assertThat(seedThatCatches(JournalRun.INDEXED, stores)).isPositive();
  }

  @Test
  void theUnbrokenStoreIsNotCaught() {
    assertThat(seedThatCatches(JournalRun.INDEXED, over(OverStore::new))).isZero();
  }

  private static void assertCaught(UnaryOperator<StateStore> mutation) {
    assertThat(seedThatCatches(JournalRun.INDEXED, over(mutation))).isPositive();
  }

  private static JournalRun.Stores over(UnaryOperator<StateStore> mutation) {
    MemoryStores memory = new MemoryStores();
    return new JournalRun.Stores() {
      @Override
      public StateStore create(Head initial) {
        return mutation.apply(memory.create(initial));
      }

      @Override
      public StateStore crash(StateStore store, RandomGenerator random) {
        return mutation.apply(memory.crash(((OverStore) store).inner, random));
      }
    };
  }

  /** 0: none does. */
  private static long seedThatCatches(JournalRun.Variant variant, JournalRun.Stores stores) {
    for (long seed = 1; seed <= SEEDS_MAX; seed++) {
      try {
        new JournalRun(seed, variant, new JournalCoverage(), stores).run();
      } catch (AssertionError | IllegalStateException | NotRetained caught) {
        return seed;
      }
    }
    return 0;
  }

  /** Has no records that were ever collected, crash or not. */
  private static final class Dropping extends OverStore {
    private long dropped;

    private Dropping(StateStore inner, long dropped) {
      super(inner);
      this.dropped = dropped;
    }

    @Override
    public boolean collect(long through, int effectsMax) {
      boolean more = inner.collect(through, effectsMax);
      dropped = Math.max(dropped, inner.collectedThrough());
      return more;
    }

    @Override
    public List<JournalRecord> recordsAfter(long afterOrder, int countMax) {
      if (afterOrder < dropped) {
        throw new NotRetained(afterOrder, dropped, inner.head().order().order());
      }
      return inner.recordsAfter(afterOrder, countMax);
    }
  }
}
