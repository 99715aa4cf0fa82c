package dev.ordinal.simulation;

import dev.ordinal.simulation.invariant.Violation;
import dev.ordinal.simulation.trace.Coverage;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verb {@code sim}: runs the consensus core in virtual surroundings, or replays one seed. */
@Command(
    name = "ordinal sim",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = ExploreVerb.class,
    description = {
      "Runs the consensus core in virtual surroundings, a different one for each seed, and checks",
      "every invariant after every step. One seed decides everything that happens."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every invariant held",
      "1:a violation; the replay command is printed",
      "2:wrong usage"
    })
public final class SimMain implements Callable<Integer> {
  private static final int VIOLATED = 1;
  private static final int PROGRESS_EVERY = 500;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many seeds to run; default ${DEFAULT-VALUE}.")
  private long seeds;

  @Option(
      names = "--seed-from",
      paramLabel = "S",
      defaultValue = "1",
      description = "The first of them; default ${DEFAULT-VALUE}.")
  private long seedFrom;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many run at a time; default is one for each processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Replay this one seed and print what happens.")
  private @Nullable Long seed;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  private SimMain() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(execute(out, err, args));
  }

  /** Runs the verb with {@code args}; the exit code. */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new SimMain()).setOut(out).setErr(err).execute(args);
  }

  @Override
  public Integer call() {
    if (seeds < 1 || threads < 1) {
      throw new ParameterException(
          command(), "--seeds and --threads must be at least 1, were " + seeds + " and " + threads);
    }
    return seed == null ? sweep() : replay(seed);
  }

  private int sweep() {
    long start = System.nanoTime();
    SweepReport report = Sweep.run(seedFrom, seeds, threads, this::showProgress);
    double seconds = (System.nanoTime() - start) / 1e9;
    command().getErr().println();
    SweepText text = new SweepText(report, seconds);
    command().getOut().println(json ? text.json() : text.table());
    return report.violations().isEmpty() ? 0 : VIOLATED;
  }

  private void showProgress(long runs) {
    if (runs % PROGRESS_EVERY == 0) {
      command().getErr().print("\r" + runs + " of " + seeds + " seeds");
      command().getErr().flush();
    }
  }

  private int replay(long replayed) {
    PrintWriter out = command().getOut();
    SeedRun run = SeedRun.of(replayed, new Coverage(), json ? null : out::println);
    Violation violation = run.violation();
    if (json) {
      SweepReport report =
          new SweepReport(
              1,
              run.events(),
              run.decided(),
              run.digest(),
              violation == null ? List.of() : List.of(run),
              new Coverage());
      out.println(new SweepText(report, 0).json());
    } else {
      out.printf(
          Locale.ROOT,
          "seed %d: %d events, %d slots decided, digest %016x%n",
          replayed,
          run.events(),
          run.decided(),
          run.digest());
      out.println(
          violation == null ? "every invariant held" : "VIOLATION " + violation.getMessage());
    }
    return violation == null ? 0 : VIOLATED;
  }

  private CommandLine command() {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("picocli sets the spec before it calls");
    }
    return known.commandLine();
  }
}
