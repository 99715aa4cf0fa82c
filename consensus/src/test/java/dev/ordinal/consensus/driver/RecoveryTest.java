package dev.ordinal.consensus.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.log.MemoryLog;
import dev.ordinal.consensus.log.Opened;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private static final Ballot BALLOT = new Ballot(1, 1, 1);

  private static final Configuration CONFIGURATION = Configuration.ofMajorities(1, List.of(1));

  private final List<LoggedEntry> entries = entries(8);
  private final MemoryLog log = new MemoryLog(CONFIGURATION);

  @Test
  void theStateMachineGetsWhatItLacks() {
    RecordingApplier applier = new RecordingApplier(at(2));

    Image start = recover(5, 4, applier);

    assertThat(applier.applied).isEqualTo(entries.subList(2, 4));
    assertThat(start.decided()).isEqualTo(4);
    assertThat(start.tail()).isEqualTo(entries.subList(4, 5));
  }

  @Test
  void whatTheStateMachineHasAppliedIsDecided() {
    RecordingApplier applier = new RecordingApplier(at(4));

    Image start = recover(5, 1, applier);

    assertThat(applier.applied).isEmpty();
    assertThat(start)
        .isEqualTo(
            new Image(
                1,
                BALLOT,
                BALLOT,
                Stretch.first(CONFIGURATION),
                start.extent(),
                4,
                at(4).hash(),
                entries.subList(4, 5)));
  }

  @Test
  void aLogThatEndsBeforeTheStateMachineIsRefused() {
    assertThatThrownBy(() -> recover(3, 1, new RecordingApplier(at(7))))
        .isInstanceOf(StateMismatch.class)
        .hasMessageContaining("is at slot 7, the log ends at slot 3")
        .hasMessageContaining("replace it by a new one");
  }

  @Test
  void aLogThatHoldsSomethingElseThanWasAppliedIsRefused() {
    LogPoint other = new LogPoint(3, EntryHash.START.next(3, Entry.barrier()));
    assertThatThrownBy(() -> recover(5, 2, new RecordingApplier(other)))
        .isInstanceOf(StateMismatch.class)
        .hasMessageContaining("at slot 3 the log has hash");
  }

  @Test
  void aStateOfAnotherHistoryIsRefused() {
    LogPoint other = new LogPoint(2, EntryHash.START);
    assertThatThrownBy(() -> recover(5, 4, new RecordingApplier(other)))
        .isInstanceOf(StateMismatch.class)
        .hasMessageContaining("at slot 2 the log has hash");
  }

  private Image recover(int length, long decided, RecordingApplier applier) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.SetBallots(BALLOT, BALLOT));
    entries.subList(0, length).forEach(logged -> changes.add(new Change.Append(logged)));
    changes.add(new Change.SetDecided(decided));
    log.write(1, changes);
    Image image = ((Opened.Clean) log.open()).image();
    return new Recovery(log, applier).run(image);
  }

  private LogPoint at(long slot) {
    return new LogPoint(slot, entries.get((int) slot - 1).hash());
  }

  private static List<LoggedEntry> entries(int count) {
    List<LoggedEntry> entries = new ArrayList<>();
    EntryHash hash = EntryHash.START;
    for (int slot = 1; slot <= count; slot++) {
      Entry entry = Entry.batch(Payload.wrap(new byte[] {(byte) slot}));
      hash = hash.next(slot, entry);
      entries.add(new LoggedEntry(slot, entry, hash));
    }
    return entries;
  }

  private static final class RecordingApplier implements Applier {
    private final LogPoint start;
    private final List<LoggedEntry> applied = new ArrayList<>();

    RecordingApplier(LogPoint start) {
      this.start = start;
    }

    @Override
    public LogPoint applied() {
      return start;
    }

    @Override
    public void apply(LoggedEntry logged, List<Long> tickets) {
      applied.add(logged);
    }
  }
}
