package dev.ordinal.server.net;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The threads that own sockets. Everything that gRPC calls runs directly on them, so nothing there
 * may block.
 */
public final class EventLoops implements AutoCloseable {
  /** Beside heartbeats, a silent connection is probed so that a vanished host is noticed. */
  private static final long KEEP_ALIVE_SECONDS = 10;

  private final EventLoopGroup group;

  public EventLoops(String name, int threads) {
    this.group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  EventLoopGroup group() {
    return group;
  }

  /** For timers that belong to these sockets. */
  public ScheduledExecutorService timer() {
    return group;
  }

  /** A channel without retries: what may be repeated is not gRPC's to decide. */
  public ManagedChannel dial(HostPort to, int messageBytesMax) {
    return NettyChannelBuilder.forAddress(to.host(), to.port())
        .eventLoopGroup(group)
        .channelType(NioSocketChannel.class)
        .directExecutor()
        .offloadExecutor(group)
        .usePlaintext()
        .disableRetry()
        .maxInboundMessageSize(messageBytesMax)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
