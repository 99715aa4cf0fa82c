package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.StoreAddresses;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.OrdinalException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A verb that needs a running store: connects, runs, disconnects. */
abstract class StoreVerb implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--addresses",
      split = ",",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:" + StoreAddresses.VARIABLE + ":-" + StoreAddresses.OF_UP + "}",
      description = {
        "Replicas of the store, any of them.",
        "Default: ORDINAL_ADDRESSES, or those of 'ordinal up'."
      })
  private List<String> addresses = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait for an answer (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  @Override
  public final Integer call() throws Exception {
    if (timeoutSeconds < 1) {
      throw usage("--timeout must be at least 1 second, was " + timeoutSeconds);
    }
    Duration timeout = Duration.ofSeconds(timeoutSeconds);
    try (OrdinalClient client =
        OrdinalClient.builder(addresses)
            .name("ordinal " + spec.name())
            .commitTimeout(timeout)
            .readTimeout(timeout)
            .connect()) {
      ExitCode code = run(client, new Printer(System.out, json));
      if (code == ExitCode.UNAVAILABLE) {
        say(StoreAddresses.advice(addresses));
      }
      return code.code();
    } catch (OrdinalException failure) {
      if (failure.kind() == OrdinalException.Kind.UNAVAILABLE
          || failure.kind() == OrdinalException.Kind.TIMED_OUT) {
        say(StoreAddresses.advice(addresses));
      }
      throw failure;
    }
  }

  abstract ExitCode run(OrdinalClient client, Printer out) throws Exception;

  /** An error of usage, which also shows how the verb is used. */
  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** A line for people beside the result, on standard error. */
  final void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
