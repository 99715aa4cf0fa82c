package dev.ordinal.server.net;

import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open gRPC port. */
public final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final long DRAIN_SECONDS = 2;

  private final Server server;
  private final HostPort address;

  private Listener(Server server, HostPort address) {
    this.server = server;
    this.address = address;
  }

  /**
   * What a listener offers and to whom.
   *
   * @param purpose for people: "clients", "peers"
   */
  public record Offer(
      String purpose,
      HostPort address,
      List<ServerServiceDefinition> services,
      List<ServerInterceptor> interceptors,
      int messageBytesMax) {
    public Offer {
      services = List.copyOf(services);
      interceptors = List.copyOf(interceptors);
    }
  }

  /** Throws {@link ListenFailure} if the address cannot be listened on. */
  public static Listener open(Offer offer, EventLoops loops) {
    HostPort wanted = offer.address();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(wanted.socketAddress())
            .bossEventLoopGroup(loops.group())
            .workerEventLoopGroup(loops.group())
            .channelType(NioServerSocketChannel.class)
            .directExecutor()
            .addServices(offer.services())
            .maxInboundMessageSize(offer.messageBytesMax())
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    offer.interceptors().forEach(builder::intercept);
    Server server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      throw new ListenFailure(
          "cannot listen on %s for %s: %s; choose another port, or stop what uses it"
              .formatted(wanted, offer.purpose(), rootMessage(e)),
          e);
    }
    Listener listener = new Listener(server, wanted.withPort(server.getPort()));
    listener.announce(offer.purpose());
    return listener;
  }

  /** The address with the port that was really taken. */
  public HostPort address() {
    return address;
  }

  private void announce(String purpose) {
    LOG.info("listening on {} for {}", address, purpose);
    if (!address.isLoopback()) {
      LOG.atWarn()
          .addKeyValue("address", address)
          .log(
              "PLAINTEXT: anyone who can reach this address can read and change everything;"
                  + " keep it inside a network you trust");
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** Refuses new calls and gives running ones a moment. */
  public void drain() {
    server.shutdown();
    try {
      var _ = server.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what still runs. */
  @Override
  public void close() {
    server.shutdownNow();
  }
}
