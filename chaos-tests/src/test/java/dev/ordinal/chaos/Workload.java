package dev.ordinal.chaos;

import dev.ordinal.client.ClientBuilder;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.client.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Four writers, each with a client of its own, that commit all the time. */
final class Workload implements AutoCloseable {
  /** 250 transactions a second and writer: enough to be always under way, not to fill the disk. */
  private static final long PERIOD_MILLIS = 4;

  private final History history;
  private final SplittableRandom random;
  private final List<String> addresses;
  private final List<OrdinalClient> clients = new ArrayList<>();
  private final List<Writer> writers = new ArrayList<>();
  private final List<ScheduledFuture<?>> running = new ArrayList<>();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);

  private Workload(List<String> addresses, History history, SplittableRandom random) {
    this.addresses = addresses;
    this.history = history;
    this.random = random;
  }

  static Workload start(List<String> addresses, History history, SplittableRandom random) {
    Workload workload = new Workload(addresses, history, random);
    workload.layFoundations();
    workload.addWriter("patient", Duration.ofSeconds(30), true, false);
    workload.addWriter("unary", Duration.ofSeconds(30), true, true);
    workload.addWriter("impatient", Duration.ofMillis(250), true, false);
    workload.addWriter("sessionless", Duration.ofSeconds(30), false, false);
    return workload;
  }

  /** Commits nothing more, and waits for what is under way. */
  void finish() throws InterruptedException, ExecutionException {
    for (ScheduledFuture<?> writer : running) {
      if (!writer.cancel(false)) {
        writer.get();
      }
    }
    threads.shutdown();
    for (Writer writer : writers) {
      if (!threads.awaitTermination(1, TimeUnit.MINUTES) || !writer.awaitOutcomes()) {
        throw new IllegalStateException("a commit has no outcome a minute after the last");
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    clients.forEach(OrdinalClient::close);
  }

  private void layFoundations() {
    try (OrdinalClient client = OrdinalClient.connect(addresses)) {
      Transaction foundations = Writer.foundations();
      history.add(
          new Attempt("foundations", foundations, OrderId.NONE, client.commit(foundations)));
    }
  }

  private void addWriter(String name, Duration patience, boolean session, boolean unary) {
    ClientBuilder settings = OrdinalClient.builder(addresses).name(name);
    OrdinalClient client = settings.commitTimeout(patience).unary(unary).connect();
    clients.add(client);
    Writer writer = new Writer(name, session, client, history, random.split());
    writers.add(writer);
    running.add(threads.scheduleAtFixedRate(writer::step, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS));
  }
}
