package dev.ordinal.consensus.log;

import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.entry.Payload;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A process that writes groups until it is killed or its disk refuses, and says which are durable.
 * Slot s is in group s and holds s repeated, so that the reader knows what to expect.
 */
final class GroupWriter {
  private GroupWriter() {}

  /** Every so many groups the base follows, that many behind. */
  static final long BASE_STEP = 50;

  /** {@code directory growing}: growing groups double from 1 KiB on, others have 100 B to 5 kB. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    boolean growing = Boolean.parseBoolean(arguments[1]);
    Opened opened = RocksLog.open(Path.of(arguments[0]));
    LogStore log =
        switch (opened) {
          case Opened.Clean clean -> clean.log();
          case Opened.Torn torn -> torn.log();
          case Opened.Damaged damaged -> throw new IllegalStateException(damaged.reason());
        };
    Chain chain = new Chain(log.base());
    log.read(log.base().slot() + 1, Long.MAX_VALUE, Long.MAX_VALUE)
        .forEach(logged -> chain.append(logged.entry().payload()));
    try {
      while (true) {
        long group = chain.last() + 1;
        Change append = chain.append(payload(group, growing ? 512 << group : sizeOf(group)));
        List<Change> changes = new ArrayList<>(List.of(append));
        if (group % BASE_STEP == 0 && group > BASE_STEP) {
          changes.add(new Change.RaiseBase(chain.point(group - BASE_STEP)));
        }
        changes.add(new Change.SetDecided(group));
        log.write(group, changes);
        out.println(group);
      }
    } catch (LogFailure e) {
      out.println(e.kind() + " " + e.getMessage());
      sayWhetherRefused(log, chain.last(), out);
    }
  }

  private static void sayWhetherRefused(LogStore log, long group, PrintStream out) {
    try {
      log.write(group, List.of());
      out.println("retried");
    } catch (LogFailure e) {
      out.println("refused " + e.getMessage());
    }
  }

  static int sizeOf(long slot) {
    return 100 + (int) (slot * 7919 % 4900);
  }

  static Payload payload(long slot, int bytes) {
    byte[] payload = new byte[bytes];
    Arrays.fill(payload, (byte) slot);
    return Payload.wrap(payload);
  }
}
