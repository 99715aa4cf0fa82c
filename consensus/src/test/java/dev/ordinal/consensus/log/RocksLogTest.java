package dev.ordinal.consensus.log;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

class RocksLogTest extends LogStoreConformance {
  @TempDir private Path temporary;
  private boolean formatted;

  private Path dir() {
    return temporary.resolve("node");
  }

  @Override
  Opened open() {
    if (!formatted) {
      DataDirectory.format(
          dir(),
          Identity.founder(UUID.randomUUID(), UUID.randomUUID(), 1, List.of(1, 2, 3)),
          FIRST_CONFIGURATION);
      formatted = true;
    }
    return RocksLog.open(dir());
  }
}
