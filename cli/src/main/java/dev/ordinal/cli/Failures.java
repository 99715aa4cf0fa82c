package dev.ordinal.cli;

import dev.ordinal.client.OrdinalException;
import dev.ordinal.local.ReplicaEnded;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What a verb could not do, as one line on standard error and an {@link ExitCode}. */
final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    ExitCode code =
        switch (failure) {
          case OrdinalException store -> codeOf(store.kind());
          case IllegalArgumentException _, IOException _ -> ExitCode.USAGE;
          case ReplicaEnded ended when ended.exitCode() == ExitCode.USAGE.code() -> ExitCode.USAGE;
          case ReplicaEnded _ -> ExitCode.UNAVAILABLE;
          default -> ExitCode.INTERNAL;
        };
    if (code == ExitCode.INTERNAL) {
      failure.printStackTrace(err);
    } else {
      err.println("ordinal " + command.getCommandName() + ": " + words(failure));
    }
    err.flush();
    return code.code();
  }

  /** The complaint and where to read on; the whole usage would bury it. */
  static int explain(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command
        .getErr()
        .printf(
            "ordinal: %s; see './%s --help'%n",
            failure.getMessage(), command.getCommandSpec().qualifiedName());
    command.getErr().flush();
    return ExitCode.USAGE.code();
  }

  private static String words(Exception failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "there is no file " + missing.getFile();
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static ExitCode codeOf(OrdinalException.Kind kind) {
    return switch (kind) {
      case UNAVAILABLE, TIMED_OUT, OVERLOADED, CLOSED -> ExitCode.UNAVAILABLE;
      case OUT_OF_RANGE -> ExitCode.OUT_OF_RANGE;
      case REFUSED -> ExitCode.REFUSED;
      case INVALID -> ExitCode.USAGE;
      case DATA_LOSS, OTHER -> ExitCode.INTERNAL;
    };
  }
}
