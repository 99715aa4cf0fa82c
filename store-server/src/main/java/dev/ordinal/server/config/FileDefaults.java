package dev.ordinal.server.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A configuration file in Java's properties format, whose keys are the long options without their
 * dashes. What the command line says wins.
 */
public final class FileDefaults implements IDefaultValueProvider {
  private static final String CONFIG = "--config";

  private final Properties values;

  private FileDefaults(Properties values) {
    this.values = values;
  }

  /**
   * The values of the file that {@code arguments} name; none if they name none.
   *
   * @throws ConfigRefused if it cannot be read, or has a key that is no option of {@code command}
   */
  public static FileDefaults of(String[] arguments, CommandSpec command) {
    Properties values = new Properties();
    String file = fileOf(arguments);
    if (file != null) {
      read(Path.of(file), values);
      Set<String> allowed = keys(command);
      for (String key : values.stringPropertyNames()) {
        if (!allowed.contains(key)) {
          throw new ConfigRefused(
              "%s: unknown key '%s'; known are %s".formatted(file, key, allowed));
        }
      }
    }
    return new FileDefaults(values);
  }

  private static @Nullable String fileOf(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals(CONFIG) && i + 1 < arguments.length) {
        return arguments[i + 1];
      }
      if (arguments[i].startsWith(CONFIG + "=")) {
        return arguments[i].substring(CONFIG.length() + 1);
      }
    }
    return null;
  }

  private static void read(Path file, Properties into) {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      into.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigRefused("there is no configuration file " + file);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigRefused("cannot read the configuration file %s: %s".formatted(file, e));
    }
  }

  private static Set<String> keys(CommandSpec command) {
    Set<String> keys = new TreeSet<>();
    for (OptionSpec option : command.options()) {
      if (!option.usageHelp() && !option.longestName().equals(CONFIG)) {
        keys.add(option.longestName().substring(2));
      }
    }
    return keys;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && option.longestName().startsWith("--")
        ? values.getProperty(option.longestName().substring(2))
        : null;
  }
}
