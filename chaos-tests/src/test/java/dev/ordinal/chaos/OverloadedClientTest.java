package dev.ordinal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.client.Key;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Row;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import dev.ordinal.consensus.core.Bounds;
import dev.ordinal.local.Ports;
import dev.ordinal.server.config.Members;
import dev.ordinal.server.config.Place;
import dev.ordinal.server.config.Profile;
import dev.ordinal.server.config.ServerConfig;
import dev.ordinal.server.net.HostPort;
import dev.ordinal.server.net.NodeAddress;
import dev.ordinal.server.wiring.StoreServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More than the leader takes at a time commits all the same, only later. */
class OverloadedClientTest {
  private static final Bounds TWO_COMMANDS = new Bounds(2, 1 << 20);
  private static final int COMMITS = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsRefusedForOverloadIsRepeatedUntilItCommits(boolean unary) {
    try (StoreServer server = narrowServer();
        OrdinalClient client =
            OrdinalClient.builder(List.of(server.address().toString()))
                .commitTimeout(PATIENCE)
                .unary(unary)
                .connect()) {
      List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < COMMITS; i++) {
        outcomes.add(client.commitAsync(put("k" + i)));
      }
      assertThat(outcomes)
          .allSatisfy(each -> assertThat(each.join()).isInstanceOf(Outcome.Committed.class));
      assertThat(client.figures().repeats()).isPositive();
      try (Stream<Row> rows = client.snapshot().scan(KeyRange.all())) {
        assertThat(rows).hasSize(COMMITS);
      }
    }
  }

  private static Transaction put(String key) {
    return Transaction.blind().put(Key.of(key), Value.of("v")).build();
  }

  private StoreServer narrowServer() {
    List<Integer> ports = Ports.free(2);
    NodeAddress self =
        new NodeAddress(
            new HostPort("127.0.0.1", ports.get(0)), new HostPort("127.0.0.1", ports.get(1)));
    Members members = new Members(Map.of(1, self));
    UUID cluster = UUID.randomUUID();
    StoreServer.format(folder, cluster, 1, members, Profile.SMALL);
    ServerConfig.Node node = new ServerConfig.Node(folder, 1, cluster);
    ServerConfig.Driving usual = ServerConfig.Driving.DEFAULT;
    ServerConfig.Driving narrow =
        new ServerConfig.Driving(usual.tick(), usual.timing(), TWO_COMMANDS, usual.threading());
    ServerConfig config =
        new ServerConfig(
            node,
            Place.asConfigured(new Place.Metrics.Nowhere()),
            narrow,
            Profile.SMALL,
            ServerConfig.Door.DEFAULT);
    return StoreServer.start(
        config,
        (reason, failure) -> {
          throw new AssertionError(reason.toString(), failure);
        });
  }
}
