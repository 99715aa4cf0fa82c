package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.client.Guard;
import dev.ordinal.client.Key;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ordinal put}: one value under one key, blindly unless a condition is given. */
@Command(name = "put", mixinStandardHelpOptions = true, description = "Puts a value under a key.")
public final class PutVerb extends StoreVerb {
  @Option(names = "--if-absent", description = "Only if the key does not exist.")
  private boolean ifAbsent;

  @Option(
      names = "--if-unchanged-since",
      paramLabel = "ORDER",
      description = "Only if nothing changed the key after this order ID.")
  private @Nullable Long unchangedSince;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Take the value from this file; - is standard input.")
  private @Nullable String file;

  @Parameters(index = "0", paramLabel = "KEY")
  private String key = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE")
  private @Nullable String value;

  @Override
  ExitCode run(OrdinalClient client, Printer out) throws IOException {
    Transaction.Builder transaction =
        unchangedSince == null
            ? Transaction.blind()
            : Transaction.reading(client.snapshot().history(), OrderId.of(unchangedSince));
    if (ifAbsent) {
      transaction.require(Guard.absent(Key.of(key)));
    }
    transaction.put(Key.of(key), content());
    return Committing.print(client.commit(transaction.build()), out);
  }

  private Value content() throws IOException {
    if ((value == null) == (file == null)) {
      throw usage("give VALUE or --file, one of them");
    }
    if (value != null) {
      return Value.of(value);
    }
    String name = Objects.requireNonNull(file);
    return Value.of(
        name.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(name)));
  }
}
