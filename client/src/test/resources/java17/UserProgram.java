import dev.ordinal.client.Guard;
import dev.ordinal.client.Key;
import dev.ordinal.client.KeyRange;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Transacted;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import java.util.List;

/** What a user on Java 17 writes; its only argument is the address of a replica. */
public class UserProgram {
  public static void main(String[] args) {
    try (OrdinalClient client = OrdinalClient.connect(List.of(args[0]))) {
      Outcome outcome =
          client.commit(
              Transaction.blind()
                  .require(Guard.absent(Key.of("greeting")))
                  .put(Key.of("greeting"), Value.of("hello"))
                  .label("program", "user")
                  .build());
      if (outcome instanceof Outcome.Committed committed) {
        System.out.println("committed at " + committed.order());
      }
      Transacted<String> read =
          client.transact(
              view -> {
                String greeting = view.get(Key.of("greeting")).orElseThrow().value().text();
                view.put(Key.of("answer"), Value.of(greeting + " from " + Runtime.version().feature()));
                return greeting;
              });
      System.out.println("read " + read.orThrow());
      client
          .snapshot()
          .scan(KeyRange.all())
          .forEach(row -> System.out.println(row.key() + " = " + row.value()));
    }
  }
}
