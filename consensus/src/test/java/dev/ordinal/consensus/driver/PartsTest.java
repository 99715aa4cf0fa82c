package dev.ordinal.consensus.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.consensus.core.Bounds;
import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void aMessageLeavesWhenItsGroupIsDurable() {
    List<Message> sent = new ArrayList<>();
    Outbox outbox = new Outbox(new Recorder(sent), 4);
    Message now = new Message.Want(1, false, 1);
    Message soon = new Message.Want(2, false, 1);
    Message later = new Message.Want(3, false, 1);

    outbox.send(new Effect.Send(2, later, 6));
    outbox.send(new Effect.Send(2, soon, 5));
    outbox.send(new Effect.Send(2, now, Effect.NO_GROUP));
    assertThat(sent).containsExactly(now);

    outbox.release(5);
    assertThat(sent).containsExactly(now, soon);
    outbox.release(6);
    assertThat(sent).containsExactly(now, soon, later);
  }

  @Test
  void theStateMachineGetsNothingThatIsNotDurableHere() {
    Machine machine = new Machine(_ -> {});
    Inbox inbox = new Inbox(new Bounds(4, 100), new Bounds(4, 100), 4, 0, () -> {});
    ApplyRunner applying = new ApplyRunner(machine, inbox, 4, false, _ -> {});

    applying.give(apply(1, Effect.NO_GROUP));
    applying.give(apply(2, 5));
    applying.give(apply(3, 6));
    assertThat(machine.applied().slot()).isEqualTo(1);

    applying.release(5);
    assertThat(machine.applied().slot()).isEqualTo(2);
    applying.release(6);
    applying.give(apply(4, 6));
    assertThat(machine.applied().slot()).isEqualTo(4);
  }

  private static Effect.Apply apply(long slot, long after) {
    LoggedEntry logged = LoggedEntry.after(EntryHash.START, slot, Entry.barrier());
    return new Effect.Apply(logged, List.of(), after);
  }

  @Test
  void missedTicksAreNotMadeUpFor() {
    AtomicLong now = new AtomicLong();
    Ticker ticker = new Ticker(Duration.ofNanos(10), now::get);
    assertThat(ticker.due()).isFalse();
    assertThat(ticker.nanosUntilDue()).isEqualTo(10);

    now.set(55);
    assertThat(ticker.due()).isTrue();
    assertThat(ticker.due()).isFalse();
    assertThat(ticker.nanosUntilDue()).isEqualTo(10);
    now.set(67);
    assertThat(ticker.due()).isTrue();
    assertThat(ticker.nanosUntilDue()).isEqualTo(8);
  }

  @Test
  void aFullLaneRefusesAndTheOtherLaneDoesNot() {
    Inbox inbox = new Inbox(new Bounds(4, 100), new Bounds(4, 100), 0, 0, () -> {});
    Event request = new Event.Proposed(1, Payload.EMPTY);
    assertThat(inbox.offerRequest(request, 99)).isTrue();
    assertThat(inbox.offerRequest(request, 99)).isTrue();
    assertThat(inbox.offerRequest(request, 0)).isFalse();
    assertThat(inbox.offerMessage(new Event.PeerLost(2), 0)).isTrue();

    List<Event> taken = new ArrayList<>();
    inbox.take(taken, 2);
    assertThat(taken).containsExactly(new Event.PeerLost(2), request);
    assertThat(inbox.offerRequest(request, 0)).isTrue();
  }

  @Test
  void reportsOfTheProcessItselfComeFirstAndOnce() {
    Inbox inbox = new Inbox(new Bounds(4, 100), new Bounds(4, 100), 7, 3, () -> {});
    inbox.offerMessage(new Event.PeerLost(2), 0);
    inbox.persisted(8);
    inbox.persisted(9);
    inbox.applied(4);
    inbox.applied(6);

    List<Event> taken = new ArrayList<>();
    inbox.take(taken, 10);
    inbox.take(taken, 10);

    assertThat(taken)
        .containsExactly(
            new Event.Persisted(8),
            new Event.Persisted(9),
            new Event.Applied(6),
            new Event.PeerLost(2));
  }

  @Test
  void aReadWaitsUntilItsSlotIsApplied() {
    List<Long> answered = new ArrayList<>();
    ReadGate gate = new ReadGate((ticket, _) -> answered.add(ticket), 5);
    gate.admit(1, new Verdict.ReadableAt(7));
    gate.admit(2, new Verdict.ReadableAt(6));
    gate.admit(3, new Verdict.ReadableAt(5));
    assertThat(answered).containsExactly(3L);

    gate.applied(6);
    assertThat(answered).containsExactly(3L, 2L);
    gate.applied(9);
    assertThat(answered).containsExactly(3L, 2L, 1L);
  }

  private record Recorder(List<Message> sent) implements PeerTransport {
    @Override
    public void start(Inbound inbound) {}

    @Override
    public void send(int to, Message message) {
      sent.add(message);
    }
  }
}
