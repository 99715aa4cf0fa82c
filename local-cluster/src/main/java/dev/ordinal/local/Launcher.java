package dev.ordinal.local;

import java.util.ArrayList;
import java.util.List;

/**
 * How a verb of {@code ordinal} is started as a process of its own.
 *
 * @param words the command that the verb and its arguments follow
 * @param serverOptions what replicas are told beside who they are
 */
public record Launcher(List<String> words, List<String> serverOptions) {
  private static final String VARIABLE = "ORDINAL_LAUNCHER";

  public Launcher {
    words = List.copyOf(words);
    serverOptions = List.copyOf(serverOptions);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a launcher needs a command");
    }
  }

  /** The script that started this program, which holds the JVM flags of every verb. */
  public static Launcher ofThisProgram() {
    String script = System.getenv(VARIABLE);
    if (script == null) {
      throw new IllegalStateException(
          VARIABLE + " is not set: start this program with the script ordinal, which sets it");
    }
    return new Launcher(List.of(script), List.of());
  }

  /** The JVM that runs this code, with its class path and some of {@code jvmOptions}; for tests. */
  public static Launcher ofThisJvm(String mainClass, List<String> jvmOptions) {
    List<String> words = new ArrayList<>();
    words.add(ProcessHandle.current().info().command().orElse("java"));
    words.addAll(jvmOptions);
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(mainClass);
    return new Launcher(words, List.of());
  }

  /** The same, with these options for replicas. */
  public Launcher serving(String... options) {
    return new Launcher(words, List.of(options));
  }

  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(words);
    command.addAll(arguments);
    return command;
  }
}
