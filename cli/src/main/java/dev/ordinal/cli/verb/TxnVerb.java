package dev.ordinal.cli.verb;

import dev.ordinal.cli.ExitCode;
import dev.ordinal.cli.print.Printer;
import dev.ordinal.cli.txn.TransactionFile;
import dev.ordinal.client.OrdinalClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ordinal txn}: any transaction, from a JSON file. */
@Command(
    name = "txn",
    mixinStandardHelpOptions = true,
    description = "Commits the transaction in a JSON file.",
    footerHeading = "%nExample:%n",
    footer = {
      "  {\"readOrder\": 17, \"groups\": [{",
      "     \"read\": [\"node/n1\"],",
      "     \"guards\": [{\"key\": \"task/t1\", \"exists\": false}],",
      "     \"alternatives\": [",
      "       {\"operations\": [{\"key\": \"node/n1/cpu\", \"add\": -4000},",
      "                       {\"key\": \"task/t1\", \"put\": \"n1\"}]},",
      "       {\"operations\": [{\"key\": \"node/n2/cpu\", \"add\": -4000},",
      "                       {\"key\": \"task/t1\", \"put\": \"n2\"}]}]}]}",
      "",
      "docs/cli.md has every field."
    })
public final class TxnVerb extends StoreVerb {
  @Parameters(paramLabel = "FILE", description = "The file; - is standard input.")
  private String file = "";

  @Override
  ExitCode run(OrdinalClient client, Printer out) throws IOException {
    byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    TransactionFile parsed = TransactionFile.parse(new String(bytes, StandardCharsets.UTF_8));
    return Committing.print(client.commit(parsed.transaction(client.snapshot().history())), out);
  }
}
