package dev.ordinal.consensus.driver;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Settings;
import dev.ordinal.consensus.core.Timing;
import dev.ordinal.consensus.driver.DriverSettings.Threading;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.log.LogFailure;
import dev.ordinal.consensus.log.LogStore;
import dev.ordinal.consensus.log.MemoryLog;
import dev.ordinal.consensus.log.Opened;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.Incarnation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The first failure ends the replica, and says why. */
class HaltTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(ReplicaDriver.class);
  private final CompletableFuture<Halt.Reason> halted = new CompletableFuture<>();
  private final MemoryLog disk = new MemoryLog(Configuration.ofMajorities(1, List.of(1)));
  private final MemoryNetwork network = new MemoryNetwork();

  @BeforeEach
  void expectErrors() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void reportErrors() {
    network.close();
    logger.setLevel(null);
  }

  @ParameterizedTest
  @EnumSource
  void aFullDiskHalts(Threading threading) throws Exception {
    Image image = ((Opened.Clean) disk.open()).image();
    try (ReplicaDriver driver =
        start(new FullLog(disk, 3), image, new Machine(_ -> {}), threading)) {
      for (int ticket = 1; !halted.isDone(); ticket++) {
        driver.propose(ticket, Payload.EMPTY);
        Thread.onSpinWait();
      }
      assertThat(halted.get(10, TimeUnit.SECONDS)).isEqualTo(Halt.Reason.STORAGE);
    }
    assertThat(((Opened.Clean) disk.open()).image().group()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void aStateMachineThatFailsHalts(Threading threading) throws Exception {
    Image image = ((Opened.Clean) disk.open()).image();
    Applier broken =
        new Applier() {
          @Override
          public LogPoint applied() {
            return LogPoint.START;
          }

          @Override
          public void apply(LoggedEntry logged, List<Long> tickets) {
            throw new IllegalStateException("the state machine is broken");
          }
        };
    try (ReplicaDriver driver = start(disk, image, broken, threading)) {
      assertThat(halted.get(10, TimeUnit.SECONDS)).isEqualTo(Halt.Reason.UNEXPECTED);
      assertThat(driver.figures().turns()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachReasonHasAnExitCodeOfItsOwn(LogFailure.Kind kind) {
    Halt.Reason reason = Halt.Reason.of(new LogFailure(kind, "", null));
    for (Halt.Reason other : Halt.Reason.values()) {
      assertThat(other.exitCode() == reason.exitCode()).isEqualTo(other == reason);
    }
  }

  /** A group of one: it leads as soon as it loses patience. */
  private ReplicaDriver start(LogStore log, Image image, Applier applier, Threading threading) {
    Settings settings = Settings.DEFAULT.withTiming(new Timing(1, 3, 6, 2));
    return ReplicaDriver.start(
        new Member(1, new Incarnation(0, 1), settings),
        image,
        new Surroundings(
            log,
            network.transport(1),
            applier,
            new WholeLog(),
            (_, _) -> {},
            _ -> {},
            (reason, _) -> halted.complete(reason)),
        DriverSettings.DEFAULT.withThreading(threading));
  }
}
