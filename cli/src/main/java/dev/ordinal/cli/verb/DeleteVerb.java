package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.client.Guard;
import dev.ordinal.client.Key;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ordinal delete}: keys, or everything under a prefix, in one transaction. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Deletes keys in one transaction: all of them or none.")
public final class DeleteVerb extends StoreVerb {
  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "Delete every key that starts with this.")
  private @Nullable String prefix;

  @Option(names = "--if-exists", description = "Refuse if one of the keys does not exist.")
  private boolean ifExists;

  @Parameters(paramLabel = "KEY", arity = "0..*")
  private List<String> keys = List.of();

  @Override
  ExitCode run(OrdinalClient client, Printer out) {
    if (keys.isEmpty() == (prefix == null)) {
      throw usage("give KEYs or --prefix, one of them");
    }
    Transaction.Builder transaction = Transaction.blind();
    if (prefix != null) {
      transaction.deleteRange(KeyRange.prefix(prefix));
    }
    for (String key : keys) {
      if (ifExists) {
        transaction.require(Guard.exists(Key.of(key)));
      }
      transaction.delete(Key.of(key));
    }
    return Committing.print(client.commit(transaction.build()), out);
  }
}
