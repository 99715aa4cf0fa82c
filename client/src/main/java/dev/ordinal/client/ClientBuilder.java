package dev.ordinal.client;

import java.time.Duration;
import java.util.List;

/** The settings of an {@link OrdinalClient}, and their defaults. */
public final class ClientBuilder {
  private final List<String> addresses;
  private String name = "";
  private Duration commitTimeout = Duration.ofSeconds(10);
  private Duration readTimeout = Duration.ofSeconds(10);
  private int transactAttempts = 16;
  private int outstandingMax = 65_536;
  private boolean unary;

  ClientBuilder(List<String> addresses) {
    this.addresses = addresses.stream().map(Address::checked).distinct().toList();
    if (this.addresses.isEmpty()) {
      throw new IllegalArgumentException("at least one address (host:port) is needed");
    }
  }

  /** Who this is, kept with the session for people; at most 128 bytes. Default: empty. */
  public ClientBuilder name(String value) {
    this.name = value;
    return this;
  }

  /** How long a commit is tried, over all replicas and repeats. Default: 10 s. */
  public ClientBuilder commitTimeout(Duration value) {
    this.commitTimeout = positive("commitTimeout", value);
    return this;
  }

  /** How long any other call is tried, over all replicas and repeats. Default: 10 s. */
  public ClientBuilder readTimeout(Duration value) {
    this.readTimeout = positive("readTimeout", value);
    return this;
  }

  /** How often {@link OrdinalClient#transact} runs its body at most. Default: 16. */
  public ClientBuilder transactAttempts(int value) {
    this.transactAttempts = atLeastOne("transactAttempts", value);
    return this;
  }

  /**
   * How many transactions may be without an outcome; one more is {@link Outcome.NotAccepted} at
   * once. Default: 65,536.
   */
  public ClientBuilder outstandingMax(int value) {
    this.outstandingMax = atLeastOne("outstandingMax", value);
    return this;
  }

  /**
   * Sends each transaction as a call of its own instead of many in a frame of a stream: slower, but
   * any gRPC proxy understands it. Default: off.
   */
  public ClientBuilder unary(boolean value) {
    this.unary = value;
    return this;
  }

  /** The client; connects on first use. */
  public OrdinalClient connect() {
    return StoreClient.start(
        new ClientSettings(
            addresses,
            name,
            commitTimeout,
            readTimeout,
            new ClientSettings.Bounds(transactAttempts, outstandingMax),
            unary));
  }

  private static Duration positive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + " must be longer than nothing, was " + value);
    }
    return value;
  }

  private static int atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, was " + value);
    }
    return value;
  }
}
