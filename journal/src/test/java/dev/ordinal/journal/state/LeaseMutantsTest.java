package dev.ordinal.journal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.journal.model.JournalCoverage;
import dev.ordinal.journal.transaction.Alternative;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Tenure;
import dev.ordinal.journal.transaction.Transaction;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Ways to get time and leases wrong, planted as what the machine hears instead of what was decided;
 * the model of the property test must notice each within a few seeds. Expiry by a local clock
 * cannot be planted: the machine has none.
 */
final class LeaseMutantsTest {
  private static final int SEEDS_MAX = 200;

  @Test
  void keepAlivesThatAreIgnoredAreCaught() {
    assertCaught(command ->
        command instanceof Command.KeepAlive
            ? new Command.KeepAlive(List.of(), List.of())
            : command);
  }

  @Test
  void keysThatOutliveTheirLeaseAreCaught() {
    assertCaught(command ->
        command instanceof Command.Submit(Transaction transaction)
            ? new Command.Submit(withoutLeases(transaction))
            : command);
  }

  @Test
  void graceThatIsForgottenIsCaught() {
    assertCaught(command ->
        command instanceof Command.Tick(long since, long elapsed, _)
            ? new Command.Tick(since, elapsed, 0)
            : command);
  }

  /** The leader forgets that it lost its leadership meanwhile. */
  @Test
  void aBarrierThatDoesNotMoveTheMarkIsCaught() {
    assertCaught(command -> command instanceof Command.Barrier ? malformed() : command);
  }

  @Test
  void timeThatStandsStillIsCaught() {
    assertCaught(command ->
        command instanceof Command.Tick(long since, _, long grace)
            ? new Command.Tick(since, 0, grace)
            : command);
  }

  @Test
  void theUnbrokenMachineIsNotCaught() {
    assertThat(seedThatCatches(UnaryOperator.identity())).isZero();
  }

  private static Command malformed() {
    return new Command.Malformed("a barrier");
  }

  private static Transaction withoutLeases(Transaction transaction) {
    return new Transaction(
        transaction.origin(),
        transaction.snapshot(),
        transaction.mode(),
        transaction.policy(),
        transaction.groups().stream().map(LeaseMutantsTest::withoutLeases).toList(),
        transaction.labels());
  }

  private static Group withoutLeases(Group group) {
    return new Group(
        group.readKeys(),
        group.readRanges(),
        group.guards(),
        group.alternatives().stream()
            .map(alternative ->
                new Alternative(
                    alternative.guards(),
                    alternative.operations().stream().map(LeaseMutantsTest::withoutLease).toList()))
            .toList());
  }

  private static Operation withoutLease(Operation operation) {
    return operation instanceof Operation.Put(var key, var value, boolean blind, Tenure _)
        ? new Operation.Put(key, value, blind)
        : operation;
  }

  private static void assertCaught(UnaryOperator<Command> mutation) {
    assertThat(seedThatCatches(mutation)).as("seed that catches the mutant").isPositive();
  }

  /** 0: none does. */
  private static long seedThatCatches(UnaryOperator<Command> mutation) {
    JournalRun.Variant mutant = new JournalRun.Variant(6, (stored, index) -> index, mutation);
    for (long seed = 1; seed <= SEEDS_MAX; seed++) {
      try {
        new JournalRun(seed, mutant, new JournalCoverage(), new MemoryStores()).run();
      } catch (AssertionError caught) {
        return seed;
      }
    }
    return 0;
  }
}
