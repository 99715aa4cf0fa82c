package dev.ordinal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalClusterTest {
  /** The stranger could be another cluster, which would answer in this one's place. */
  @Test
  void aPortInUseIsNamedBeforeAnythingIsStarted(@TempDir Path folder) throws IOException {
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = stranger.getLocalPort();
      List<Integer> free = Ports.free(2);
      LocalCluster.Layout layout =
          new LocalCluster.Layout(folder, List.of(taken), free.subList(0, 1), free.subList(1, 2));

      assertThatThrownBy(() ->
              LocalCluster.start(
                  new Launcher(List.of("no-such-program"), List.of()), layout, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("port " + taken + " of 127.0.0.1 is in use");
      assertThat(folder).isEmptyDirectory();
    }
  }
}
