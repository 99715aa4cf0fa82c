package dev.ordinal.server.wiring;

import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.log.DataDirectory;
import dev.ordinal.consensus.log.Identity;
import dev.ordinal.consensus.log.LogStore;
import dev.ordinal.consensus.log.Opened;
import dev.ordinal.consensus.log.RocksLog;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.journal.FlushPolicy;
import dev.ordinal.journal.Journal;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.RocksStateStore;
import dev.ordinal.journal.store.StateMemory;
import dev.ordinal.journal.store.StateOwner;
import dev.ordinal.journal.store.StateRefused;
import dev.ordinal.journal.store.StateStore;
import dev.ordinal.journal.store.StorageFailure;
import dev.ordinal.server.config.Members;
import dev.ordinal.server.config.Profile;
import dev.ordinal.server.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data directory of one node, open: its identity, its log and its state. */
final class DataFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
  private static final String STATE = "state";

  private final Path dir;
  private final Identity identity;
  private final Journal journal;
  private final LogStore log;
  private final Image image;

  private DataFolder(Path dir, Identity identity, Journal journal, LogStore log, Image image) {
    this.dir = dir;
    this.identity = identity;
    this.journal = journal;
    this.log = log;
    this.image = image;
  }

  /** Makes {@code dir} the directory of one of the first {@code members}. */
  static void format(Path dir, UUID cluster, int node, Members members, Profile profile) {
    Identity identity = Identity.founder(cluster, firstHistory(cluster), node, members.nodes());
    Configuration first = identity.firstConfiguration(of -> members.member(of).toString());
    format(dir, identity, first, profile);
  }

  /** Makes {@code dir} the directory of a node that joins a cluster that is there. */
  static void formatNewcomer(Path dir, UUID cluster, int node, Profile profile) {
    Identity identity = Identity.newcomer(cluster, firstHistory(cluster), node);
    format(dir, identity, Configuration.NONE, profile);
  }

  /**
   * The identity comes last, so that a format that was cut off leaves an unformatted directory, and
   * a state that is missing later was there.
   */
  private static void format(Path dir, Identity identity, Configuration first, Profile profile) {
    DataDirectory.requireUnformatted(dir);
    formatState(dir, identity, profile);
    try {
      StateRebuild.remember(dir, profile);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot format " + dir, e);
    }
    DataDirectory.format(dir, identity, first);
  }

  private static void formatState(Path dir, Identity identity, Profile profile) {
    RocksStateStore.format(
        dir.resolve(STATE),
        bits(identity.clusterId()),
        Head.initial(bits(identity.historyId()), profile.horizon()));
  }

  /**
   * Sets a damaged state aside and makes an empty one, which the next start fills from the log.
   * Answers where the old one lies.
   *
   * @throws DamagedLog if the log does not tell it all
   */
  static Path rebuildState(ServerConfig.Node node) {
    Path dir = node.dir();
    Identity identity = identify(node);
    Profile profile = StateRebuild.remembered(dir);
    String hindrance = StateRebuild.hindrance(dir);
    if (hindrance != null) {
      throw new DamagedLog(
          "the state of %s cannot be made again: %s: replace the node".formatted(dir, hindrance));
    }
    Path aside = StateRebuild.setAside(dir.resolve(STATE));
    formatState(dir, identity, profile);
    return aside;
  }

  /**
   * Opens what is there, if it belongs to the node that {@code node} describes.
   *
   * @param failed told if the state cannot be made durable; the process must end then
   */
  static DataFolder open(
      ServerConfig.Node node, StateMemory memory, Consumer<RuntimeException> failed) {
    Identity identity = identify(node);
    StateOwner owner = new StateOwner(bits(identity.clusterId()), bits(identity.historyId()));
    Journal journal;
    try {
      journal = openJournal(node.dir().resolve(STATE), owner, memory, failed);
    } catch (StateRefused e) {
      throw isDamage(e.reason()) ? damaged(node, e) : e;
    } catch (StorageFailure e) {
      throw e.kind() == StorageFailure.Kind.CORRUPT ? damaged(node, e) : e;
    }
    try {
      return switch (RocksLog.open(node.dir())) {
        case Opened.Clean(LogStore log, Image image) ->
            new DataFolder(node.dir(), identity, journal, log, image);
        case Opened.Torn(LogStore log, Image image, long group) -> {
          LOG.atInfo()
              .addKeyValue("group", group)
              .log("the last write was cut off; it was never acknowledged");
          yield new DataFolder(node.dir(), identity, journal, log, image);
        }
        case Opened.Damaged(String reason) -> throw new DamagedLog(reason);
      };
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private static Journal openJournal(
      Path dir, StateOwner owner, StateMemory memory, Consumer<RuntimeException> failed) {
    StateStore state = RocksStateStore.open(dir, owner, memory);
    try {
      return Journal.open(state, FlushPolicy.STANDARD, failed);
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
  }

  /** The identity is there, so the state was. */
  private static boolean isDamage(StateRefused.Reason reason) {
    return reason == StateRefused.Reason.DAMAGED || reason == StateRefused.Reason.UNFORMATTED;
  }

  private static DamagedState damaged(ServerConfig.Node node, RuntimeException cause) {
    String found =
        cause instanceof StateRefused refused && refused.reason() == StateRefused.Reason.UNFORMATTED
            ? "the state in %s is missing".formatted(node.dir().resolve(STATE))
            : String.valueOf(cause.getMessage());
    String hindrance = StateRebuild.hindrance(node.dir());
    String advice =
        hindrance == null
            ? "nothing is lost, the log beside it is whole: run 'ordinal format --rebuild-state"
                + " --dir %s --node %d', then start this node again"
                    .formatted(node.dir(), node.number())
            : hindrance + ": replace this node";
    return new DamagedState(found + "; " + advice, cause);
  }

  private static Identity identify(ServerConfig.Node node) {
    UUID cluster = node.cluster();
    return DataDirectory.identify(
        node.dir(),
        cluster == null ? DataDirectory.identify(node.dir()).clusterId() : cluster,
        node.number());
  }

  /** The same for all members, who are formatted one by one. */
  private static UUID firstHistory(UUID cluster) {
    return UUID.nameUUIDFromBytes(("first history of " + cluster).getBytes(StandardCharsets.UTF_8));
  }

  /** Half of an ID is enough where it is only compared; never 0, which stands for none. */
  static long bits(UUID id) {
    return id.getMostSignificantBits() | 1;
  }

  /** The parts that grow, by name. */
  Map<String, Path> parts() {
    return Map.of("log", DataDirectory.log(dir), STATE, dir.resolve(STATE));
  }

  Identity identity() {
    return identity;
  }

  Journal journal() {
    return journal;
  }

  LogStore log() {
    return log;
  }

  /** What its state was formatted with. */
  Profile profile() {
    return StateRebuild.remembered(dir);
  }

  /** What the log held when it was opened. */
  Image image() {
    return image;
  }

  /** Makes all durable first, so that the next start has nothing to replay. */
  @Override
  public void close() {
    journal.close();
    log.close();
  }
}
