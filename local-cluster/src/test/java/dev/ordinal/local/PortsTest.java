package dev.ordinal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void freePortsCanBeListenedOnAndAreNoneOfOutgoingConnections() throws IOException {
    assumeThat(Ports.ephemeralFrom()).isGreaterThan(12_000);
    List<Integer> ports = Ports.free(20);
    assertThat(ports)
        .doesNotHaveDuplicates()
        .hasSize(20)
        .allMatch(port -> port < Ports.ephemeralFrom());
    for (int port : ports) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(socket.getLocalPort()).isEqualTo(port);
      }
    }
  }
}
