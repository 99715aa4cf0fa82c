package dev.ordinal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordinal.server.testing.TestCluster;
import dev.ordinal.server.wiring.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How a server that cannot start says so, and with which exit code. */
class ServerMainTest {
  private static final String CLUSTER = "6e2ba8a7-9df2-4b7a-bd12-2e8f8d1c6a11";
  private static final String OTHER = "00000000-0000-4000-8000-000000000001";

  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final String members = TestCluster.loopback(1).toString();

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(standardError);
  }

  @Test
  void anUnknownFlagOrABadValueIsAUsageError() {
    assertThat(server("--colour", "red")).isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("'--colour'").contains("see 'ordinal server --help'");
    assertThat(run("server", "--dir", "d", "--node", "one")).isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("--node").contains("'one'");
    assertThat(server("--read-threads", "0")).isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("read-threads must be from 1 to 64, was 0");
    assertThat(server("--heartbeat-ticks", "90")).isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("heartbeatTicks").contains("was 90");
  }

  /** Without a label of its own, an option shows the name of a variable: {@code <tickMillis>}. */
  @Test
  void whatAnOptionTakesHasAName() {
    for (Class<?> verb : new Class<?>[] {ServerCommand.class, FormatCommand.class}) {
      String help = new CommandLine(verb).getUsageMessage();
      assertThat(help).contains("--dir=DIR").doesNotContain("=<");
    }
  }

  @Test
  void membersThatMakeNoSenseAreAUsageError() {
    assertThat(
            run("format", "--dir", "d", "--node", "2", "--cluster", CLUSTER, "--members", members))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("node 2 is not one of the members [1]");
    assertThat(
            run("format", "--dir", "d", "--node", "1", "--cluster", CLUSTER, "--members", "1=no"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("'1=no' is not NODE=PEERHOST:PORT/CLIENTHOST:PORT");
  }

  @Test
  void anUnknownKeyOfTheFileIsNamedWithThoseThatAreKnown() throws IOException {
    Path config = Files.writeString(folder.resolve("config"), "colour=red\n");
    assertThat(run("server", "--config", config.toString())).isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("unknown key 'colour'").contains("join").contains("tick-millis");
    assertThat(run("server", "--config", "no-such-file")).isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("there is no configuration file no-such-file");
  }

  @Test
  void theFileSaysWhatTheCommandLineDoesNot() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("config"), "dir=%s\nnode=7\naddress=nowhere\n".formatted(folder));
    assertThat(run("server", "--config", config.toString())).isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("'nowhere' is not PEERHOST:PORT/CLIENTHOST:PORT");
    assertThat(run("server", "--config", config.toString(), "--address", members.substring(2)))
        .isEqualTo(ExitCode.UNFORMATTED.code());
  }

  @Test
  void aDirectoryThatWasNeverFormattedIsRefused() {
    assertThat(server()).isEqualTo(ExitCode.UNFORMATTED.code());
    assertThat(said()).contains("is not formatted: run 'ordinal format' once");
  }

  @Test
  void aDirectoryIsFormattedOnlyOnce() {
    assertThat(format()).isEqualTo(ExitCode.OK.code());
    assertThat(format()).isEqualTo(ExitCode.NOT_EMPTY.code());
    assertThat(said()).contains("cannot format");
  }

  @Test
  void formattingNeedsTheClustersIdentity() {
    assertThat(run("format", "--dir", dir(), "--node", "1", "--members", members))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("--cluster is missing: draw a UUID");
    assertThat(run("format", "--dir", dir(), "--node", "1", "--cluster", CLUSTER))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("--members is missing").contains("or say --join");
  }

  @Test
  void theDirectoryOfAnotherClusterOrNodeIsRefused() {
    assertThat(format()).isEqualTo(ExitCode.OK.code());
    assertThat(server("--cluster", OTHER)).isEqualTo(ExitCode.OTHER_OWNER.code());
    assertThat(said()).contains(CLUSTER).contains(OTHER);
    assertThat(run("server", "--dir", dir(), "--node", "2")).isEqualTo(ExitCode.OTHER_OWNER.code());
  }

  @Test
  void aNodeThatJoinsMustSayWhereItIsAndNamesNoMembers() {
    String[] join = {"format", "--dir", dir(), "--node", "4", "--cluster", CLUSTER, "--join"};
    String[] both = Arrays.copyOf(join, join.length + 2);
    both[join.length] = "--members";
    both[join.length + 1] = members;
    assertThat(run(both)).isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("--members and --join exclude each other");
    assertThat(run(join)).isEqualTo(ExitCode.OK.code());
    assertThat(run("server", "--dir", dir(), "--node", "4")).isEqualTo(ExitCode.USAGE.code());
    assertThat(said()).contains("address is missing").contains("--address PEERHOST:PORT");
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    assertThat(format()).isEqualTo(ExitCode.OK.code());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertThat(server("--listen-peers", address)).isEqualTo(ExitCode.CANNOT_LISTEN.code());
      assertThat(said()).contains("cannot listen on " + address + " for peers");
      assertThat(server("--listen-clients", address)).isEqualTo(ExitCode.CANNOT_LISTEN.code());
      assertThat(said()).contains("cannot listen on " + address + " for clients");
    }
  }

  @Test
  void aDirectoryOfANewerVersionIsRefused() throws IOException {
    assertThat(format()).isEqualTo(ExitCode.OK.code());
    for (String name : new String[] {"identity", "identity.copy"}) {
      Path file = folder.resolve("data").resolve(name);
      String text = Files.readString(file);
      Files.writeString(file, text.replaceFirst("format 2", "format 99"));
    }
    assertThat(server()).isEqualTo(ExitCode.OTHER_FORMAT.code());
  }

  private int format() {
    return run("format", "--dir", dir(), "--node", "1", "--members", members, "--cluster", CLUSTER);
  }

  private int server(String... more) {
    String[] arguments = new String[5 + more.length];
    String[] first = {"server", "--dir", dir(), "--node", "1"};
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return run(arguments);
  }

  private static int run(String... arguments) {
    return ServerMain.run(arguments);
  }

  private String dir() {
    return folder.resolve("data").toString();
  }

  /** What was said since the last time. */
  private String said() {
    String text = said.toString(StandardCharsets.UTF_8);
    said.reset();
    return text;
  }
}
