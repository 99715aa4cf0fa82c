package dev.ordinal.cli.demo;

import dev.ordinal.client.OrderId;
import dev.ordinal.client.OrdinalClient;
import dev.ordinal.scheduler.submit.PlacementScheduler;
import dev.ordinal.scheduler.submit.SchedulerReport;
import dev.ordinal.scheduler.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** The competing schedulers: each with a client, a mirror and a thread of its own. */
final class Crew {
  /** What one scheduler did, and how long its transactions took in microseconds. */
  record Member(SchedulerReport report, Histogram latencyMicros) {}

  private final DemoOptions options;
  private final Workload workload;
  private final List<String> addresses;

  Crew(DemoOptions options, Workload workload, List<String> addresses) {
    this.options = options;
    this.workload = workload;
    this.addresses = addresses;
  }

  /** Runs all of them until every task is placed or given up. */
  List<Member> work(OrderId registeredAt, Progress progress)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      List<Future<Member>> running = new ArrayList<>();
      for (int index = 0; index < options.schedulers(); index++) {
        int scheduler = index;
        running.add(threads.submit(() -> schedule(scheduler, registeredAt, progress)));
      }
      List<Member> members = new ArrayList<>();
      try {
        for (Future<Member> member : running) {
          members.add(member.get());
        }
      } finally {
        running.forEach(member -> member.cancel(true));
      }
      return members;
    }
  }

  private Member schedule(int index, OrderId registeredAt, Progress progress)
      throws InterruptedException {
    Progress.Listener listener = progress.listener();
    String name = options.settings(index).name();
    try (OrdinalClient client = OrdinalClient.builder(addresses).name(name).connect()) {
      PlacementScheduler scheduler =
          new PlacementScheduler(
              options.settings(index),
              workload.cluster(),
              PlacementScheduler.share(workload.tasks(), index, options.schedulers()),
              client,
              listener);
      return new Member(scheduler.run(registeredAt), listener.latencyMicros());
    }
  }
}
