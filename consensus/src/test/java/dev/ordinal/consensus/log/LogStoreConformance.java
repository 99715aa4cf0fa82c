package dev.ordinal.consensus.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log must do, whatever it is made of. */
abstract class LogStoreConformance {
  private static final Ballot FIRST = new Ballot(1, 1, 1);
  private static final Ballot SECOND = new Ballot(1, 2, 2);

  /** What every disk is formatted for. */
  static final Configuration FIRST_CONFIGURATION = Configuration.ofMajorities(1, List.of(1, 2, 3));

  private static final Stretch STRETCH = Stretch.first(FIRST_CONFIGURATION);

  private final Chain chain = new Chain();
  private LogStore log = new MemoryLog(FIRST_CONFIGURATION);
  private Image image = Image.empty(FIRST_CONFIGURATION);
  private long group;

  /** Opens the same disk again; it is formatted when this is called first. */
  abstract Opened open();

  @BeforeEach
  void openFirst() {
    reopen();
  }

  @AfterEach
  void close() {
    log.close();
  }

  private void reopen() {
    log.close();
    switch (open()) {
      case Opened.Clean(LogStore opened, Image found) -> {
        log = opened;
        image = found;
      }
      case Opened other -> throw new AssertionError(other.toString());
    }
  }

  /** What is found, but for its size, which is an estimate. */
  private Image image(
      long number, Ballot ballot, long decided, EntryHash hash, List<LoggedEntry> tail) {
    Image.Extent extent = new Image.Extent(log.base(), image.extent().bytes());
    return new Image(number, ballot, ballot, STRETCH, extent, decided, hash, tail);
  }

  private void write(Change... changes) {
    write(List.of(changes));
  }

  private void write(List<Change> changes) {
    group++;
    log.write(group, changes);
  }

  @Test
  void aFormattedLogIsEmpty() {
    assertThat(image).isEqualTo(image(0, Ballot.NONE, 0, EntryHash.START, List.of()));
    assertThat(log.read(1, 10, Long.MAX_VALUE)).isEmpty();
    assertThat(log.base()).isEqualTo(LogPoint.START);
  }

  @Test
  void whatWasWrittenIsThereAfterARestart() {
    write(new Change.SetBallots(FIRST, FIRST), chain.append("a"), chain.append("b"));
    write(chain.append("c"), new Change.SetDecided(2));

    reopen();

    assertThat(image).isEqualTo(image(2, FIRST, 2, chain.hashThrough(2), chain.run(3, 3)));
    assertThat(log.read(1, 3, Long.MAX_VALUE)).isEqualTo(chain.run(1, 3));
  }

  @Test
  void aTailIsReplacedInOneGroup() {
    write(chain.append("a"), chain.append("b"), chain.append("c"), new Change.SetDecided(1));

    write(
        chain.truncateFrom(2),
        chain.append("B"),
        new Change.SetBallots(SECOND, SECOND),
        new Change.SetDecided(2));

    assertThat(log.read(1, 9, Long.MAX_VALUE)).isEqualTo(chain.run(1, 2));
    reopen();
    assertThat(image).isEqualTo(image(2, SECOND, 2, chain.hashThrough(2), List.of()));
    assertThat(log.read(1, 9, Long.MAX_VALUE)).isEqualTo(chain.run(1, 2));
  }

  @Test
  void theNextConfigurationComesWithTheDecisionThatBeginsIt() {
    Configuration four = Configuration.ofMajorities(2, List.of(2, 3, 4));
    Stretch next = new Stretch(2, four);
    Ballot first = next.firstBallot();
    write(chain.append("a"), chain.append("b"));
    Change.SetStretch begins = new Change.SetStretch(next);

    assertThatThrownBy(() -> log.write(2, List.of(begins, new Change.SetDecided(1))))
        .hasMessageContaining("needs that to be decided");
    write(new Change.SetBallots(first, first), begins, new Change.SetDecided(2));

    assertThatThrownBy(() -> log.write(3, List.of(begins)))
        .hasMessageContaining("expected a stretch after");
    reopen();
    assertThat(image.stretch()).isEqualTo(next);
    assertThat(image.promised()).isEqualTo(new Ballot(2, 0, 2));
  }

  @Test
  void aReadStopsAtItsBytesButGivesOneEntry() {
    write(chain.append("aaaa"), chain.append("bbbb"), chain.append("cccc"));

    assertThat(log.read(1, 3, 0)).isEqualTo(chain.run(1, 1));
    assertThat(log.read(1, 3, 7)).isEqualTo(chain.run(1, 1));
    assertThat(log.read(1, 3, 8)).isEqualTo(chain.run(1, 2));
    assertThat(log.read(2, 2, 100)).isEqualTo(chain.run(2, 2));
    assertThat(log.read(4, 9, 100)).isEmpty();
  }

  @Test
  void anEmptyGroupCounts() {
    write();
    reopen();
    assertThat(image.group()).isEqualTo(1);
  }

  @Test
  void aGroupThatDoesNotContinueTheLogIsRefusedWhole() {
    write(chain.append("a"), new Change.SetBallots(SECOND, FIRST), new Change.SetDecided(1));
    Chain gap = new Chain(new LogPoint(2, EntryHash.START));

    assertThatThrownBy(() -> log.write(3, List.of())).hasMessageContaining("expected group 2");
    assertThatThrownBy(() -> log.write(2, List.of(gap.append("x"))))
        .hasMessageContaining("expected slot 2, got 3");
    assertThatThrownBy(() -> log.write(2, List.of(new Change.TruncateFrom(1))))
        .hasMessageContaining("truncation above 1");
    assertThatThrownBy(() -> log.write(2, List.of(new Change.SetBallots(FIRST, FIRST))))
        .hasMessageContaining("promise from 1.2.2, got 1.1.1");
    assertThatThrownBy(() -> log.write(2, List.of(new Change.SetDecided(0))))
        .hasMessageContaining("decided from 1, got 0");
    assertThatThrownBy(() -> log.write(2, List.of(new Change.SetDecided(2))))
        .hasMessageContaining("decided 2 ≤ last 1");

    reopen();
    assertThat(image.group()).isEqualTo(1);
    assertThat(log.read(1, 9, Long.MAX_VALUE)).isEqualTo(chain.run(1, 1));
  }

  @Test
  void nothingIsReadAtOrBelowTheBase() {
    write(chain.append("a"), chain.append("b"), chain.append("c"), new Change.SetDecided(3));
    LogPoint base = chain.point(2);

    write(new Change.RaiseBase(base), chain.append("d"));

    for (int open = 1; open <= 2; open++) {
      assertThat(log.base()).isEqualTo(base);
      assertThat(log.read(1, 9, Long.MAX_VALUE)).isEmpty();
      assertThat(log.read(2, 9, Long.MAX_VALUE)).isEmpty();
      assertThat(log.read(3, 9, Long.MAX_VALUE)).isEqualTo(chain.run(3, 4));
      reopen();
    }
    assertThat(image).isEqualTo(image(2, Ballot.NONE, 3, chain.hashThrough(3), chain.run(4, 4)));
  }

  @Test
  void aBaseBeyondTheEndLeavesAnEmptyLogThatGoesOnFromThere() {
    write(chain.append("a"), chain.append("b"), new Change.SetDecided(1));
    Chain longer = new Chain(new LogPoint(7, chain.hashThrough(2)));

    write(new Change.RaiseBase(longer.point(7)));

    assertThat(log.read(1, 9, Long.MAX_VALUE)).isEmpty();
    write(longer.append("h"));
    reopen();
    assertThat(log.base()).isEqualTo(longer.point(7));
    assertThat(image.decided()).isEqualTo(7);
    assertThat(image.tail()).isEqualTo(longer.run(8, 8));
    assertThat(log.read(8, 9, Long.MAX_VALUE)).isEqualTo(longer.run(8, 8));
  }

  @Test
  void aTailThatContradictsTheBaseIsCutInTheSameGroup() {
    write(chain.append("a"), chain.append("b"), chain.append("c"), new Change.SetDecided(1));
    Chain other = new Chain(new LogPoint(2, chain.hashThrough(1)));
    List<Change> contradiction = List.of(new Change.RaiseBase(other.point(2)));
    assertThatThrownBy(() -> log.write(2, contradiction)).hasMessageContaining("expected base");

    write(new Change.TruncateFrom(2), new Change.RaiseBase(other.point(2)), other.append("C"));

    assertThat(log.read(2, 9, Long.MAX_VALUE)).isEmpty();
    reopen();
    assertThat(log.read(3, 9, Long.MAX_VALUE)).isEqualTo(other.run(3, 3));
  }

  @Test
  void aBaseNeverFalls() {
    write(chain.append("a"), chain.append("b"), new Change.SetDecided(2));
    write(new Change.RaiseBase(chain.point(2)));
    assertThatThrownBy(() -> log.write(3, List.of(new Change.RaiseBase(chain.point(1)))))
        .hasMessageContaining("base from 2, got 1");
  }

  @Test
  void everyOpenIsCounted() {
    long before = log.boot();
    reopen();
    assertThat(log.boot()).isEqualTo(before + 1);
  }

  @Test
  void figuresCountWhatWasWritten() {
    write(chain.append("abc"), chain.append("de"));
    write(new Change.SetDecided(1));
    assertThat(log.figures().groups()).isEqualTo(2);
    assertThat(log.figures().entries()).isEqualTo(2);
    assertThat(log.figures().bytes()).isEqualTo(5);
  }

  @Test
  void randomGroupsAndRestartsKeepWhatAPlainModelKeeps() {
    for (long seed = 1; seed <= 3; seed++) {
      close();
      try {
        runRandomly(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private void runRandomly(RandomGenerator random) {
    reopen();
    long decided = image.decided();
    long base = log.base().slot();
    Ballot promised = image.promised();
    for (int step = 0; step < 80; step++) {
      List<Change> changes = new ArrayList<>();
      if (random.nextInt(4) == 0 && chain.last() > decided) {
        changes.add(chain.truncateFrom(random.nextLong(decided + 1, chain.last() + 1)));
      }
      for (int i = random.nextInt(5); i > 0; i--) {
        byte[] payload = new byte[random.nextInt(10) == 0 ? 50_000 : random.nextInt(300)];
        random.nextBytes(payload);
        changes.add(chain.append(Payload.wrap(payload)));
      }
      if (random.nextInt(5) == 0) {
        promised = new Ballot(1, promised.round() + 1, random.nextInt(1, 4));
        changes.add(new Change.SetBallots(promised, promised));
      }
      if (random.nextInt(10) == 0) {
        changes.add(new Change.RaiseBase(chain.point(random.nextLong(base, decided + 1))));
      }
      if (random.nextBoolean()) {
        decided = random.nextLong(decided, chain.last() + 1);
        changes.add(new Change.SetDecided(decided));
      }
      write(changes);
      base = log.base().slot();
      if (random.nextInt(20) == 0) {
        reopen();
        assertThat(image.decided()).isEqualTo(decided);
        assertThat(image.promised()).isEqualTo(promised);
        assertThat(image.tail()).isEqualTo(chain.run(decided + 1, chain.last()));
      }
    }
    long first = log.base().slot() + 1;
    assertThat(log.read(first, chain.last(), Long.MAX_VALUE))
        .isEqualTo(chain.run(first, chain.last()));
  }
}
