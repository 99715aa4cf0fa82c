package dev.ordinal.server;

import static dev.ordinal.server.testing.Requests.bytes;
import static dev.ordinal.server.testing.Requests.commit;
import static dev.ordinal.server.testing.Requests.put;
import static dev.ordinal.server.testing.Requests.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.testing.TestCluster;
import dev.ordinal.server.wiring.DamagedLog;
import dev.ordinal.server.wiring.ExitCode;
import dev.ordinal.server.wiring.StoreServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A state that cannot be used is named, and made again from the log. */
class DamagedStateTest {
  private static final int COMMITS = 20;

  @TempDir private Path folder;

  /** What a disk, or a person, can do to a state. */
  enum Damage {
    CHANGED_BYTES {
      @Override
      void strike(Path state) throws IOException {
        for (Path table : files(state, ".sst")) {
          byte[] bytes = Files.readAllBytes(table);
          for (int i = 0; i < 64; i++) {
            bytes[i] ^= 0x5A;
          }
          Files.write(table, bytes);
        }
      }
    },
    TRUNCATED_TABLE {
      @Override
      void strike(Path state) throws IOException {
        for (Path table : files(state, ".sst")) {
          Files.write(table, new byte[7]);
        }
      }
    },
    NO_TABLES {
      @Override
      void strike(Path state) throws IOException {
        for (Path table : files(state, ".sst")) {
          Files.delete(table);
        }
      }
    },
    NO_POINTER {
      @Override
      void strike(Path state) throws IOException {
        Files.delete(state.resolve("CURRENT"));
      }
    },
    NO_MANIFEST {
      @Override
      void strike(Path state) throws IOException {
        Path manifest = state.resolve(Files.readString(state.resolve("CURRENT")).strip());
        Files.delete(manifest);
      }
    },
    GONE {
      @Override
      void strike(Path state) throws IOException {
        Files.move(state, state.resolveSibling("lost"));
      }
    };

    abstract void strike(Path state) throws IOException;

    private static List<Path> files(Path dir, String suffix) throws IOException {
      try (Stream<Path> files = Files.list(dir)) {
        return files.filter(file -> file.toString().endsWith(suffix)).toList();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isMadeAgainFromTheLog(Damage damage) throws IOException {
    try (TestCluster cluster = TestCluster.start(folder, 1)) {
      ByteString digest = fill(cluster);
      cluster.stop(1);
      ServerConfig.Node node = cluster.config(1).node();
      damage.strike(node.dir().resolve("state"));

      Throwable refused = catchThrowable(() -> cluster.start(1));
      assertThat(refused)
          .hasMessageContaining("the state in " + node.dir().resolve("state"))
          .hasMessageContaining("nothing is lost")
          .hasMessageContaining("ordinal format --rebuild-state --dir " + node.dir());
      assertThat(ExitCode.of(refused)).isEqualTo(ExitCode.STATE_DAMAGED);

      StoreServer.rebuildState(node);
      cluster.start(1);
      assertThat(cluster.status(cluster.awaitLeader()).getDigest()).isEqualTo(digest);
      ReadRequest read = ReadRequest.newBuilder().addKeys(bytes("k7")).build();
      assertThat(cluster.stub(1).read(read).getRows(0).getValue()).isEqualTo(bytes("v7"));
    }
  }

  @Test
  void isNotMadeAgainWithoutAWholeLog() throws IOException {
    try (TestCluster cluster = TestCluster.start(folder, 1)) {
      ByteString _ = fill(cluster);
      cluster.stop(1);
      ServerConfig.Node node = cluster.config(1).node();
      Damage.NO_POINTER.strike(node.dir().resolve("state"));
      Files.delete(node.dir().resolve("log").resolve("mark"));

      assertThatThrownBy(() -> cluster.start(1)).hasMessageContaining("replace");
      assertThatThrownBy(() -> StoreServer.rebuildState(node)).isInstanceOf(DamagedLog.class);
      assertThat(node.dir().resolve("state.damaged-1")).doesNotExist();
    }
  }

  private static ByteString fill(TestCluster cluster) {
    int leader = cluster.awaitLeader();
    for (int i = 0; i < COMMITS; i++) {
      var _ = cluster.stub(leader).commit(commit(transaction(put("k" + i, "v" + i))));
    }
    return cluster.status(leader).getDigest();
  }
}
