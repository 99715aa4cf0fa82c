package dev.ordinal.server.metrics;

import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.driver.DriverFigures;
import dev.ordinal.consensus.log.LogFigures;
import dev.ordinal.journal.state.Head;
import dev.ordinal.server.replica.Counts;
import dev.ordinal.server.replica.RefusalKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What is known of one replica. All of it is read when somebody looks. */
final class ReplicaMeters {
  private static final double MILLIS_PER_SECOND = Duration.ofSeconds(1).toMillis();
  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  /** Keeps it from the collector: the registry does not. */
  private final Served served;

  private final MeterRegistry registry;
  private final MultiGauge lag;
  private final MultiGauge applyLag;
  private final MultiGauge silence;

  private ReplicaMeters(MeterRegistry registry, Served served) {
    this.registry = registry;
    this.served = served;
    lag = ofMembers("ordinal.member.lag", "slots", "Logged here, not known to be durable there");
    applyLag =
        ofMembers("ordinal.member.apply.lag", "slots", "Decided, not known to be applied there");
    silence = ofMembers("ordinal.member.silence", "seconds", "Since the last heartbeat it echoed");
  }

  static ReplicaMeters register(MeterRegistry registry, Served served) {
    ReplicaMeters meters = new ReplicaMeters(registry, served);
    meters.leadership();
    meters.slots();
    meters.orders();
    meters.counts();
    meters.log();
    meters.threads();
    meters.room();
    return meters;
  }

  /** Members come and go, so their gauges are made anew each time. */
  void refresh() {
    ReplicaView view = served.replica().consensus();
    double tick = served.tick().toNanos() / NANOS_PER_SECOND;
    rows(lag, view, peer -> peer.matched() < 0 ? Double.NaN : view.length() - peer.matched());
    rows(applyLag, view, peer -> Math.max(0, view.decided() - peer.applied()));
    rows(silence, view, peer -> peer.silentTicks() * tick);
  }

  Readiness readiness() {
    return Readiness.of(served.replica().consensus(), head(served).slot().slot());
  }

  private void leadership() {
    ofView("ordinal.leader.node", "Which node leads, 0 if none is known", ReplicaView::leader);
    for (ReplicaView.Role role : ReplicaView.Role.values()) {
      gauge(
          "ordinal.role",
          "1 for what this replica is",
          Tags.of("role", label(role)),
          it -> it.replica().consensus().role() == role ? 1 : 0);
    }
    ofView("ordinal.ballot.round", "Of the highest promised ballot", it -> it.promised().round());
    ofView("ordinal.ballot.node", "Of the highest promised ballot", it -> it.promised().node());
    counter(
        "ordinal.leader.changes",
        "New leaders seen",
        Tags.empty(),
        it -> it.leaderChanges().getAsLong());
  }

  private void slots() {
    ofView("ordinal.slot.logged", "The last slot in the log", ReplicaView::length);
    ofView("ordinal.slot.decided", "All is decided through this slot", ReplicaView::decided);
    ofView("ordinal.slot.heard", "Decided through here, as any member said", ReplicaView::heard);
    ofHead("ordinal.slot.applied", "Readers see all through this slot", it -> it.slot().slot());
    gauge(
        "ordinal.slot.durable",
        "The state survives a crash through this slot",
        Tags.empty(),
        it -> it.replica().journal().durableSlot());
    gauge(
        "ordinal.slot.base",
        "The log begins after this slot",
        Tags.empty(),
        it -> it.log().base().slot());
  }

  private void orders() {
    ofHead("ordinal.order", "The last order ID", it -> it.order().order());
    ofHead("ordinal.order.horizon", "Verdicts reach back to here", it -> it.horizon().order());
    ofHead("ordinal.order.floor", "Reads reach back to here", it -> it.retention().floor());
    gauge(
        "ordinal.order.collected",
        "What lies before is removed here",
        Tags.empty(),
        it -> it.replica().journal().collection().through());
    gauge(
        "ordinal.collect.wait.max.seconds",
        "The longest that applying waited for a step of collecting",
        Tags.empty(),
        it -> it.replica().journal().collection().longestWaitNanos() / NANOS_PER_SECOND);
    gauge(
        "ordinal.clock.seconds",
        "Replicated time: what the leaders have measured so far",
        Tags.empty(),
        it -> head(it).clock().millis() / MILLIS_PER_SECOND);
    ofHead("ordinal.sessions.opened", "Sessions ever opened", Head::sessionsOpened);
  }

  private void counts() {
    counter(
        "ordinal.commits",
        "Transactions that took effect",
        Tags.empty(),
        it -> it.replica().counts().committed());
    counter(
        "ordinal.door.repeats",
        "Recorded outcomes, told once more without a slot",
        Tags.empty(),
        it -> it.replica().counts().repeatsAtDoor());
    for (RefusalKind kind : RefusalKind.values()) {
      Tags tags = Tags.of("kind", kind.label());
      counter(
          "ordinal.refusals",
          "Transactions that were judged and refused",
          tags,
          it -> it.replica().counts().refused(kind));
      counter(
          "ordinal.door.refusals",
          "Transactions that were refused before they took a slot",
          tags,
          it -> it.replica().counts().refusedAtDoor(kind));
    }
    for (Counts.NotLogged reason : Counts.NotLogged.values()) {
      counter(
          "ordinal.not.logged",
          "Commands that consensus did not take, or cannot tell of",
          Tags.of("reason", label(reason)),
          it -> it.replica().counts().notLogged(reason));
    }
  }

  private void log() {
    ofView("ordinal.queue.commands", "Commands waiting to be logged", ReplicaView::queuedCommands);
    ofView("ordinal.log.open.groups", "Writes under way", ReplicaView::openGroups);
    ofLog("ordinal.log.entries", null, "Entries appended", LogFigures::entries);
    ofLog("ordinal.log.payload", "bytes", "Payload of appended entries", LogFigures::bytes);
  }

  private void threads() {
    ofDriver("ordinal.driver.turns", "Steps of the core", DriverFigures::turns);
    ofDriver("ordinal.driver.events", "What the steps took in", DriverFigures::events);
    ofDriver(
        "ordinal.driver.messages.dropped",
        "Messages of peers that found no room",
        DriverFigures::messagesDropped);
    ofDriver(
        "ordinal.driver.requests.refused",
        "Requests of clients that found no room",
        DriverFigures::requestsRefused);
  }

  private void room() {
    bytes("ordinal.rocksdb.memory", "log", it -> it.log().nativeBytes());
    bytes("ordinal.rocksdb.memory", "state", it -> it.replica().journal().nativeBytes());
    served
        .folders()
        .forEach((name, folder) -> {
          bytes("ordinal.disk.used", name, _ -> DiskUse.bytes(folder));
          bytes("ordinal.disk.free", name, _ -> DiskUse.freeBytes(folder));
        });
  }

  private MultiGauge ofMembers(String name, String unit, String what) {
    return MultiGauge.builder(name).baseUnit(unit).description(what).register(registry);
  }

  private static void rows(
      MultiGauge gauge, ReplicaView view, ToDoubleFunction<ReplicaView.Peer> figure) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (ReplicaView.Peer peer : view.peers()) {
      Tags member = Tags.of("member", Integer.toString(peer.member()));
      rows.add(MultiGauge.Row.of(member, figure.applyAsDouble(peer)));
    }
    gauge.register(rows, true);
  }

  private void ofView(String name, String what, ToDoubleFunction<ReplicaView> figure) {
    gauge(name, what, Tags.empty(), it -> figure.applyAsDouble(it.replica().consensus()));
  }

  private void ofHead(String name, String what, ToDoubleFunction<Head> figure) {
    gauge(name, what, Tags.empty(), it -> figure.applyAsDouble(head(it)));
  }

  private static Head head(Served served) {
    return served.replica().journal().head();
  }

  private void ofLog(
      String name, @Nullable String unit, String what, ToDoubleFunction<LogFigures> figure) {
    FunctionCounter.builder(name, served, it -> figure.applyAsDouble(it.log().figures()))
        .baseUnit(unit)
        .description(what)
        .register(registry);
  }

  private void ofDriver(String name, String what, ToDoubleFunction<DriverFigures> figure) {
    counter(name, what, Tags.empty(), it -> figure.applyAsDouble(it.replica().driving()));
  }

  private void bytes(String name, String part, ToDoubleFunction<Served> figure) {
    Gauge.builder(name, served, figure)
        .baseUnit("bytes")
        .tag("part", part)
        .description("By what it is for")
        .register(registry);
  }

  private void gauge(String name, String what, Tags tags, ToDoubleFunction<Served> figure) {
    Gauge.builder(name, served, figure).description(what).tags(tags).register(registry);
  }

  private void counter(String name, String what, Tags tags, ToDoubleFunction<Served> figure) {
    FunctionCounter.builder(name, served, figure).description(what).tags(tags).register(registry);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
