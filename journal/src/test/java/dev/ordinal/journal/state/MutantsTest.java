package dev.ordinal.journal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.model.JournalCoverage;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.validation.Modification;
import dev.ordinal.journal.validation.Modifications;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Broken variants of the verdict on versions: a suite that lets one live proves nothing. Each must
 * be caught within a few seeds.
 */
final class MutantsTest {
  private static final int SEEDS_MAX = 20;

  /** What is written looks unchanged: the check was made by whoever proposed, and not again. */
  @Test
  void aCheckAtTheProposerInsteadOfAtApplyIsCaught() {
    assertCaught(index ->
        new Broken(index) {
          @Override
          public @Nullable Modification lastOf(Key key) {
            return null;
          }

          @Override
          public @Nullable Modification lastIn(KeyRange range, long after) {
            return null;
          }
        });
  }

  /** Off by one: what changed right after the snapshot counts as seen. */
  @Test
  void aComparisonThatIsOffByOneIsCaught() {
    assertCaught(index ->
        new Broken(index) {
          @Override
          public @Nullable Modification lastOf(Key key) {
            return earlier(super.lastOf(key));
          }
        });
    assertCaught(index ->
        new Broken(index) {
          @Override
          public @Nullable Modification lastIn(KeyRange range, long after) {
            return super.lastIn(range, after + 1);
          }
        });
  }

  @Test
  void aHorizonThatIsOffByOneIsCaught() {
    assertCaught(index ->
        new Broken(index) {
          @Override
          public long horizon() {
            return Math.max(0, super.horizon() - 1);
          }
        });
  }

  @Test
  void deletesMissingFromTheReadSetAreCaught() {
    assertCaught(index ->
        new Broken(index) {
          @Override
          public @Nullable Modification lastOf(Key key) {
            return unlessDeleted(super.lastOf(key));
          }
        });
    assertCaught(index ->
        new Broken(index) {
          @Override
          public @Nullable Modification lastIn(KeyRange range, long after) {
            return unlessDeleted(super.lastIn(range, after));
          }
        });
  }

  @Test
  void rangesMissingFromTheReadSetAreCaught() {
    assertCaught(index ->
        new Broken(index) {
          @Override
          public @Nullable Modification lastIn(KeyRange range, long after) {
            return null;
          }
        });
  }

  @Test
  void theUnbrokenIndexIsNotCaught() {
    assertThat(seedThatCatches(index -> new Broken(index) {})).isZero();
  }

  private static void assertCaught(UnaryOperator<Modifications> mutation) {
    assertThat(seedThatCatches(mutation)).as("seed that catches the mutant").isPositive();
  }

  /** 0: none does. */
  private static long seedThatCatches(UnaryOperator<Modifications> mutation) {
    JournalRun.Variant mutant =
        new JournalRun.Variant(
            6, (stored, index) -> mutation.apply(index), UnaryOperator.identity());
    for (long seed = 1; seed <= SEEDS_MAX; seed++) {
      try {
        new JournalRun(seed, mutant, new JournalCoverage(), new MemoryStores()).run();
      } catch (AssertionError caught) {
        return seed;
      }
    }
    return 0;
  }

  private static @Nullable Modification earlier(@Nullable Modification last) {
    return last == null ? null : new Modification(last.order() - 1, last.session(), last.deleted());
  }

  private static @Nullable Modification unlessDeleted(@Nullable Modification last) {
    return last == null || last.deleted() ? null : last;
  }

  /** The index, for a variant to break. */
  private abstract static class Broken implements Modifications {
    private final Modifications index;

    private Broken(Modifications index) {
      this.index = index;
    }

    @Override
    public long horizon() {
      return index.horizon();
    }

    @Override
    public long lastOrder() {
      return index.lastOrder();
    }

    @Override
    public long lastSession() {
      return index.lastSession();
    }

    @Override
    public @Nullable Modification lastOf(Key key) {
      return index.lastOf(key);
    }

    @Override
    public @Nullable Modification lastIn(KeyRange range, long after) {
      return index.lastIn(range, after);
    }
  }
}
