package dev.ordinal.simulation;

import dev.ordinal.simulation.explore.Exploration;
import dev.ordinal.simulation.explore.Explorer;
import dev.ordinal.simulation.explore.Scope;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verb {@code sim explore}: every order of events of a small group. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Visits every state that a small group of replicas can reach within a scope, and judges",
      "each. Without options: the scopes of the test command."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every visited state is as it must be",
      "1:one is not; a shortest way to it is printed",
      "2:wrong usage"
    })
final class ExploreVerb implements Callable<Integer> {
  private static final int PROGRESS_EVERY = 100_000;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--campaigns",
      paramLabel = "N",
      split = ",",
      description =
          "A scope of your own: how often each member may ask to lead, as in 1,1,0. "
              + "The options below shape it.")
  private @Nullable List<Integer> campaigns;

  @Option(
      names = "--commands",
      paramLabel = "N",
      description = "How many commands clients hand in; default ${DEFAULT-VALUE}.")
  private int commands = 1;

  @Option(
      names = "--crashes",
      paramLabel = "N",
      description = "How many processes end and start again; default ${DEFAULT-VALUE}.")
  private int crashes = 1;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "How many messages arrive a second time; default ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--beats",
      paramLabel = "N",
      description = "How many heartbeats each leader sends; default ${DEFAULT-VALUE}.")
  private int beats;

  @Option(names = "--slow-disks", description = "Writes take time: other things happen meanwhile.")
  private boolean slowDisks;

  @Option(
      names = "--voters",
      paramLabel = "N",
      description = "How many of the lowest nodes vote at first; by default all of them.")
  private int voters;

  @Option(
      names = "--next-voters",
      paramLabel = "NODE",
      split = ",",
      description = "Who votes after a change of the members, the first of them leading.")
  private List<Integer> nextVoters = List.of();

  @Option(
      names = "--states-max",
      paramLabel = "N",
      description =
          "Stop at so many states; default ${DEFAULT-VALUE}. A million take some 400 MB of memory.")
  private int statesMax = 10_000_000;

  @Override
  public Integer call() {
    if (statesMax < 1) {
      throw misuse("--states-max must be at least 1, was " + statesMax);
    }
    boolean right = true;
    for (Scope scope : scopes()) {
      right &= explore(scope);
    }
    return right ? 0 : 1;
  }

  private List<Scope> scopes() {
    List<Integer> given = campaigns;
    if (given == null) {
      return Scope.STANDARD;
    }
    try {
      Scope.Faults faults = new Scope.Faults(crashes, repeats, slowDisks);
      Scope.Succession change =
          new Scope.Succession(voters == 0 ? given.size() : voters, nextVoters);
      return List.of(new Scope("own", given, commands, beats, faults, change));
    } catch (IllegalArgumentException e) {
      throw misuse(e.getMessage());
    }
  }

  private boolean explore(Scope scope) {
    PrintWriter err = spec().commandLine().getErr();
    long started = System.nanoTime();
    Exploration exploration = Explorer.explore(scope, statesMax, this::showProgress);
    double seconds = (System.nanoTime() - started) / 1e9;
    err.print("\r");
    err.flush();
    spec().commandLine().getOut().println(new ExplorationText(exploration).text(seconds));
    return exploration.wrong() == null;
  }

  private void showProgress(int states) {
    if (states % PROGRESS_EVERY == 0) {
      spec().commandLine().getErr().print("\r" + states + " states");
      spec().commandLine().getErr().flush();
    }
  }

  private ParameterException misuse(@Nullable String message) {
    return new ParameterException(spec().commandLine(), message);
  }

  private CommandSpec spec() {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("picocli sets the spec before it calls");
    }
    return known;
  }
}
