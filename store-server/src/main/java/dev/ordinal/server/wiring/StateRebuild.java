package dev.ordinal.server.wiring;

import dev.ordinal.consensus.log.LogStore;
import dev.ordinal.consensus.log.Opened;
import dev.ordinal.consensus.log.RocksLog;
import dev.ordinal.server.config.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to make a state again from the log: a log that begins with the first slot, and the
 * profile that the node was formatted with, since verdicts depend on its horizon.
 */
final class StateRebuild {
  private static final String PROFILE = "profile";

  private StateRebuild() {}

  /** Notes what a later rebuild must use. */
  static void remember(Path dir, Profile profile) throws IOException {
    Files.writeString(
        dir.resolve(PROFILE),
        profile.name().toLowerCase(Locale.ROOT) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
  }

  /** Throws {@link DamagedLog} if it is not told any more. */
  static Profile remembered(Path dir) {
    Path file = dir.resolve(PROFILE);
    try {
      return Profile.valueOf(Files.readString(file).strip().toUpperCase(Locale.ROOT));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      throw new DamagedLog(
          "%s does not say with which profile this node was formatted: replace the node"
              .formatted(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Why the log in {@code dir} cannot tell the whole state again; null: it can. */
  static @Nullable String hindrance(Path dir) {
    return switch (RocksLog.open(dir)) {
      case Opened.Clean(LogStore log, _) -> hindrance(log);
      case Opened.Torn(LogStore log, _, _) -> hindrance(log);
      case Opened.Damaged(String reason) -> reason;
    };
  }

  private static @Nullable String hindrance(LogStore log) {
    try (log) {
      long base = log.base().slot();
      return base == 0 ? null : "the log begins behind slot " + base;
    }
  }

  /** Moves the state out of the way, to a name that is free; answers that name. */
  static Path setAside(Path state) {
    Path aside = state;
    for (int i = 1; Files.exists(aside); i++) {
      aside = state.resolveSibling("%s.damaged-%d".formatted(state.getFileName(), i));
    }
    try {
      if (!aside.equals(state)) {
        Files.move(state, aside);
      }
      return aside;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move %s to %s".formatted(state, aside), e);
    }
  }
}
