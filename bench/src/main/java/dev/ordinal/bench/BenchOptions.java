package dev.ordinal.bench;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is measured, and for how long. */
final class BenchOptions {
  private static final int IN_FLIGHT_MAX = 65_536;
  private static final int SECONDS_MAX = 3_600;
  private static final int VALUE_BYTES_MAX = 1 << 20;
  private static final List<Integer> REPLICAS = List.of(1, 3, 5);

  @Option(
      names = "--addresses",
      split = ",",
      paramLabel = "HOST:PORT",
      description = "A store that runs; by default replicas are started, and deleted at the end.")
  private List<String> addresses = List.of();

  @Option(
      names = "--replicas",
      defaultValue = "3",
      description = "Replicas to start: 1, 3 or 5 (default: ${DEFAULT-VALUE}).")
  private int replicas;

  @Option(names = "--streamed", description = "Many transactions a frame (the default).")
  private boolean streamed;

  @Option(names = "--unary", description = "A call of its own for each transaction.")
  private boolean unary;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "256",
      description = "Commits without an answer at any time (default: ${DEFAULT-VALUE}).")
  private int inFlight;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "Length of the measurement (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "10",
      description = "Seconds of load before it (default: ${DEFAULT-VALUE}).")
  private int warmUpSeconds;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Distinct keys, of 24 bytes (default: ${DEFAULT-VALUE}).")
  private int keys;

  @Option(
      names = "--value-bytes",
      paramLabel = "N",
      defaultValue = "256",
      description = "Size of each value (default: ${DEFAULT-VALUE}).")
  private int valueBytes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Chooses keys and values (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** What is wrong with the options, in words; empty if nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!REPLICAS.contains(replicas)) {
      problems.add("--replicas must be one of %s, was %d".formatted(REPLICAS, replicas));
    }
    if (streamed && unary) {
      problems.add("--streamed and --unary exclude each other");
    }
    within(problems, "--in-flight", inFlight, 1, IN_FLIGHT_MAX);
    within(problems, "--seconds", seconds, 1, SECONDS_MAX);
    within(problems, "--warm-up", warmUpSeconds, 0, SECONDS_MAX);
    within(problems, "--keys", keys, 1, Workload.KEYS_MAX);
    within(problems, "--value-bytes", valueBytes, 0, VALUE_BYTES_MAX);
    return problems;
  }

  private static void within(List<String> problems, String option, int value, int low, int high) {
    if (value < low || value > high) {
      problems.add("%s must be %,d to %,d, was %,d".formatted(option, low, high, value));
    }
  }

  List<String> addresses() {
    return addresses;
  }

  int replicas() {
    return replicas;
  }

  boolean unary() {
    return unary;
  }

  int inFlight() {
    return inFlight;
  }

  int seconds() {
    return seconds;
  }

  int warmUpSeconds() {
    return warmUpSeconds;
  }

  Workload workload() {
    return new Workload(keys, valueBytes, seed);
  }
}
