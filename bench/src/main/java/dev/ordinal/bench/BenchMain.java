package dev.ordinal.bench;

import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import dev.ordinal.local.LocalCluster;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ordinal bench}: commits as fast as a store answers, and prints what that cost. */
@Command(
    name = "ordinal bench",
    mixinStandardHelpOptions = true,
    version = "ordinal 0.1.0",
    description = {
      "Measures commits of one client: rate, latency, processor time, bytes, memory.",
      "docs/benchmarks.md says what each figure means."
    },
    footer = {
      "",
      "Exit codes: 0 measured, 1 a commit had an unexpected outcome, 2 wrong arguments,",
      "3 no leader answered, 70 a fault of this program."
    })
public final class BenchMain implements Callable<Integer> {
  private static final int OK = 0;
  private static final int UNEXPECTED = 1;
  private static final int UNAVAILABLE = 3;
  private static final int INTERNAL = 70;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Spec
  private CommandSpec spec;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  private BenchMain() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BenchMain())
        .setExecutionExceptionHandler((failure, command, _) -> failed(failure, command.getErr()))
        .setUsageHelpAutoWidth(true);
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> problems = options.problems();
    if (!problems.isEmpty()) {
      throw new CommandLine.ParameterException(spec.commandLine(), String.join("; ", problems));
    }
    List<String> given = options.addresses();
    try (@Nullable LocalCluster cluster = given.isEmpty() ? started() : null) {
      BenchReport report = measure(cluster == null ? given : cluster.addresses());
      PrintWriter out = spec.commandLine().getOut();
      out.println(json ? JsonMapper.builder().build().writeValueAsString(report) : report.text());
      out.flush();
      return report.unexpected().isEmpty() ? OK : UNEXPECTED;
    }
  }

  private LocalCluster started() throws InterruptedException {
    System.err.printf("starting %d replicas ...%n", options.replicas());
    return LocalCluster.start(options.replicas(), null);
  }

  private BenchReport measure(List<String> addresses) throws InterruptedException {
    try (OrdinalClient client =
        OrdinalClient.builder(addresses).name("bench").unary(options.unary()).connect()) {
      return new BenchRun(options, client, System.err).measure();
    }
  }

  private static int failed(Exception failure, PrintWriter err) {
    boolean silent = failure instanceof OrdinalException;
    if (silent) {
      err.println("ordinal bench: " + failure.getMessage());
    } else {
      failure.printStackTrace(err);
    }
    err.flush();
    return silent ? UNAVAILABLE : INTERNAL;
  }
}
