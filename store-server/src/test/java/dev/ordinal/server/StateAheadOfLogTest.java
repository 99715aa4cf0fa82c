package dev.ordinal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.ordinal.server.config.Members;
import dev.ordinal.server.config.Profile;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.testing.TestCluster;
import dev.ordinal.server.wiring.ExitCode;
import dev.ordinal.server.wiring.StoreServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state is never ahead of its log, so a directory in which it is has lost a part of the log. */
class StateAheadOfLogTest {
  @TempDir private Path folder;

  @Test
  void isRefusedWithTheExitCodeOfDamage() throws IOException {
    try (TestCluster cluster = TestCluster.start(folder, 1)) {
      await().until(() -> cluster.server(1).replica().journal().head().slot().slot() > 0);
      cluster.stop(1);
      ServerConfig.Node node = cluster.config(1).node();

      replaceLogByAFreshOne(node, cluster.members());

      Throwable refused = catchThrowable(() -> cluster.start(1));
      assertThat(refused)
          .hasMessageContaining("the log ends at slot 0: it has lost what was durable")
          .hasMessageContaining("replace it by a new one");
      assertThat(ExitCode.of(refused)).isEqualTo(ExitCode.DAMAGED);
    }
  }

  private void replaceLogByAFreshOne(ServerConfig.Node node, Members members) throws IOException {
    Path fresh = folder.resolve("fresh");
    UUID cluster = UUID.randomUUID();
    StoreServer.format(fresh, cluster, node.number(), members, Profile.SMALL);
    Files.move(node.dir().resolve("log"), folder.resolve("lost"));
    Files.move(fresh.resolve("log"), node.dir().resolve("log"));
  }
}
