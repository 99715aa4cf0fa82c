package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.Replica;
import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.quorum.Configuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one {@link Replica}: gives it what happens and carries out what it asks for. Natural
 * batching: while the disk works on one group, what arrives gathers for the next.
 *
 * <p>The first failure of any of its threads halts the process through {@link Halt}; nothing is
 * sent that would claim what the disk does not say.
 */
public final class ReplicaDriver implements PeerTransport.Inbound, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ReplicaDriver.class);
  private static final int TURN_EVENTS_MAX = 256;

  /** So far behind, the state machine may hold up proposals, and its reports are awaited. */
  private static final int APPLY_BEHIND_SLOTS = 8;

  private final Member member;
  private final Surroundings surroundings;
  private final Replica replica;
  private final Inbox inbox;
  private final Outbox outbox;
  private final ReadGate reads;
  private final LogWriter writer;
  private final ApplyRunner applying;
  private final DecidedReader reader;
  private final Ticker ticker;
  private final Ticker seconds;
  private final Turns turns;
  private final List<Event> taken = new ArrayList<>(TURN_EVENTS_MAX + 8);
  private final AtomicBoolean failed = new AtomicBoolean();
  private final AtomicLong messagesDropped = new AtomicLong();
  private final AtomicLong requestsRefused = new AtomicLong();
  private final AtomicLong turnsTaken = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private volatile boolean closing;
  private volatile ReplicaView view;

  private ReplicaDriver(
      Member member, Image image, Surroundings surroundings, DriverSettings settings) {
    this.member = member;
    this.surroundings = surroundings;
    RandomGenerator chance = RandomGenerator.of("L64X128MixRandom");
    replica = new Replica(member.self(), member.incarnation(), member.settings(), image, chance);
    turns = turnsOf(surroundings.transport(), settings);
    inbox =
        new Inbox(
            settings.messages(), settings.requests(), image.group(), image.decided(), turns::wake);
    outbox = new Outbox(surroundings.transport(), image.group());
    reads = new ReadGate(surroundings.answers(), image.decided());
    boolean logThread = settings.threading().logThread();
    boolean applyThread = settings.threading().applyThread();
    Executor driver = turns instanceof TurnLoop loop ? loop : Runnable::run;
    writer = new LogWriter(surroundings.log(), inbox, driver, logThread, this::fail);
    applying =
        new ApplyRunner(surroundings.applier(), inbox, image.group(), applyThread, this::fail);
    reader =
        new DecidedReader(
            surroundings.log(), surroundings.transport(), settings.catchUpBytesMax(), this::fail);
    ticker = new Ticker(settings.tick(), System::nanoTime);
    seconds = new Ticker(Duration.ofSeconds(1), System::nanoTime);
    view = replica.view();
  }

  private Turns turnsOf(PeerTransport transport, DriverSettings settings) {
    Turns.Turn turn = new NextTurn();
    if (!settings.threading().onPeerLoop()) {
      return new TurnThread(turn, this::fail);
    }
    ScheduledExecutorService loop = transport.loop();
    if (loop == null) {
      throw new IllegalArgumentException(
          settings.threading() + " needs a transport that receives on one thread");
    }
    return new TurnLoop(loop, settings.tick(), turn, this::fail);
  }

  /**
   * Replays what the state machine lacks, on the calling thread, then starts.
   *
   * @param image what opening the log found
   * @throws dev.ordinal.consensus.log.LogFailure if the log cannot be read
   * @throws StateMismatch if log and state machine do not belong together
   */
  public static ReplicaDriver start(
      Member member, Image image, Surroundings surroundings, DriverSettings settings) {
    Image start = new Recovery(surroundings.log(), surroundings.applier()).run(image);
    ReplicaDriver driver = new ReplicaDriver(member, start, surroundings, settings);
    driver.writer.start();
    driver.applying.start();
    driver.reader.start();
    driver.turns.start();
    surroundings.transport().start(driver);
    return driver;
  }

  /**
   * Asks for {@code command} to be logged. {@code ticket} comes back with the applied entry, or in
   * an answer; unless the process ends first. Never blocks; safe from any thread.
   */
  public void propose(long ticket, Payload command) {
    request(new Event.Proposed(ticket, command), ticket, command.length());
  }

  /** Asks when a linearizable read may be served here. Never blocks; safe from any thread. */
  public void read(long ticket) {
    request(new Event.ReadRequested(ticket), ticket, 0);
  }

  /**
   * Asks for {@code next} to follow the present configuration, or, {@code dryRun}, whether it would
   * be proposed. Never blocks; safe from any thread.
   */
  public void reconfigure(long ticket, Configuration next, boolean dryRun) {
    request(new Event.Reconfigure(ticket, next, dryRun), ticket, 0);
  }

  /** Asks for {@code target} to lead. Never blocks; safe from any thread. */
  public void transfer(long ticket, int target) {
    request(new Event.TransferRequested(ticket, target), ticket, 0);
  }

  private void request(Event event, long ticket, int length) {
    if (!inbox.offerRequest(event, length)) {
      requestsRefused.incrementAndGet();
      int waiting = inbox.requestsWaiting();
      surroundings.answers().answer(ticket, new Verdict.Overloaded(waiting));
    }
  }

  @Override
  public void received(int from, Message message) {
    Event event = new Event.Received(from, message);
    if (!inbox.offerMessage(event, MessageSize.of(message))) {
      messagesDropped.incrementAndGet();
    }
  }

  @Override
  public void met(int peer) {
    offer(new Event.PeerMet(peer));
  }

  @Override
  public void lost(int peer) {
    offer(new Event.PeerLost(peer));
  }

  private void offer(Event event) {
    if (!inbox.offerMessage(event, 0)) {
      messagesDropped.incrementAndGet();
    }
  }

  /** What the replica believed a tick ago at most; newer whenever it observed something. */
  public ReplicaView view() {
    return view;
  }

  public DriverFigures figures() {
    return new DriverFigures(
        turnsTaken.get(), events.get(), messagesDropped.get(), requestsRefused.get());
  }

  private final class NextTurn implements Turns.Turn {
    @Override
    public boolean take() {
      if (closing) {
        return false;
      }
      if (ticker.due()) {
        taken.add(new Event.Tick());
      }
      inbox.take(taken, TURN_EVENTS_MAX);
      if (taken.isEmpty()) {
        return false;
      }
      turn();
      taken.clear();
      return true;
    }

    @Override
    public boolean isIdle() {
      return inbox.isEmpty();
    }

    @Override
    public long nanosUntilTick() {
      return ticker.nanosUntilDue();
    }

    @Override
    public boolean isOver() {
      return closing;
    }
  }

  private void turn() {
    boolean ticked = false;
    for (Event event : taken) {
      switch (event) {
        case Event.Persisted(long group) -> {
          outbox.release(group);
          applying.release(group);
        }
        case Event.Applied(long slot) -> {
          reads.applied(slot);
          applying.applied(slot);
        }
        case Event.Tick() -> ticked = true;
        case Event.Received _,
            Event.PeerMet _,
            Event.PeerLost _,
            Event.Proposed _,
            Event.ReadRequested _,
            Event.Reconfigure _,
            Event.TransferRequested _ -> {}
      }
    }
    boolean observed = perform(replica.step(taken));
    applying.turnEnded();
    inbox.awaitApplied(!reads.isEmpty() || applying.slotsBehind() > APPLY_BEHIND_SLOTS);
    if (ticked || observed) {
      view = replica.view();
    }
    if (ticked && seconds.due()) {
      writer.second();
    }
    turnsTaken.lazySet(turnsTaken.get() + 1);
    events.lazySet(events.get() + taken.size());
  }

  /** Answers whether something was observed. */
  private boolean perform(List<Effect> effects) {
    boolean observed = false;
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Send send -> outbox.send(send);
        case Effect.Persist persist -> writer.give(persist);
        case Effect.Apply apply -> applying.give(apply);
        case Effect.SendDecided request -> reader.give(request);
        case Effect.Answer(long ticket, Verdict verdict) -> answer(ticket, verdict);
        case Effect.Observe(var observation) -> {
          observed = true;
          ObservationLog.log(member.self(), observation);
          surroundings.observations().accept(observation);
        }
      }
    }
    return observed;
  }

  private void answer(long ticket, Verdict verdict) {
    switch (verdict) {
      case Verdict.ReadableAt readable -> reads.admit(ticket, readable);
      case Verdict.NotLeader _,
          Verdict.Overloaded _,
          Verdict.TooLarge _,
          Verdict.Undetermined _,
          Verdict.OnMembership _ ->
          surroundings.answers().answer(ticket, verdict);
    }
  }

  private void fail(Throwable failure) {
    closing = true;
    if (failed.compareAndSet(false, true)) {
      Halt.Reason reason = Halt.Reason.of(failure);
      LOGGER
          .atError()
          .addKeyValue("replica", member.self())
          .addKeyValue("reason", reason)
          .addKeyValue("exitCode", reason.exitCode())
          .setCause(failure)
          .log("this replica cannot go on");
      surroundings.halt().halt(reason, failure);
    }
  }

  /**
   * Stops: what was given to the log and to the state machine before is finished, requests that
   * wait stay unanswered. The peers notice by silence.
   */
  @Override
  public void close() {
    closing = true;
    try {
      turns.close();
      writer.close();
      applying.close();
      reader.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
