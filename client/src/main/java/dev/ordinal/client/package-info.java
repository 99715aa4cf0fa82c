/**
 * The public Java door to the store.
 *
 * <p><b>Connect.</b> One client serves a whole program. It finds the leader among the addresses it
 * is given, and the next one when that is lost.
 *
 * <pre>{@code
 * try (OrdinalClient client = OrdinalClient.connect(List.of("127.0.0.1:7301", "127.0.0.1:7302"))) {
 *   …
 * }
 * }</pre>
 *
 * <p><b>Commit.</b> A {@link dev.ordinal.client.Transaction} says what it read, what must hold, and
 * what it changes. Its {@link dev.ordinal.client.Outcome} says what became of it; nothing is thrown
 * for what can be expected.
 *
 * <pre>{@code
 * Key cpu = Key.of("node/n1/cpu");
 * client.commit(Transaction.blind().createCounter(cpu, new Counter(8_000, 0, 8_000)).build());
 *
 * Outcome outcome =
 *     client.commit(
 *         Transaction.blind()
 *             .require(Guard.absent(Key.of("task/t1")))
 *             .add(cpu, -4_000)
 *             .put(Key.of("task/t1"), Value.of("n1"))
 *             .build());
 * if (outcome instanceof Outcome.Refused refused) {
 *   refused.refusals().forEach(refusal -> System.out.println(refusal.kind()));
 * }
 * }</pre>
 *
 * <p><b>Read, decide, commit.</b> {@link dev.ordinal.client.OrdinalClient#transact} remembers what
 * was read, and runs again if something of it has changed in the meantime.
 *
 * <pre>{@code
 * client
 *     .transact(
 *         view -> {
 *           long tasks = view.scan(KeyRange.prefix("task/")).count();
 *           view.put(Key.of("tasks"), Value.of(Long.toString(tasks)));
 *           return tasks;
 *         })
 *     .orThrow();
 * }</pre>
 *
 * <p><b>Groups and alternatives.</b> A transaction of several groups may take effect in part
 * ({@link dev.ordinal.client.Policy}); a group may name several ways to do it, and the store takes
 * the first that passes.
 *
 * <pre>{@code
 * Group place =
 *     Group.builder()
 *         .alternative(Alternative.of(Operation.add(Key.of("node/n1/cpu"), -4_000)))
 *         .alternative(Alternative.of(Operation.add(Key.of("node/n2/cpu"), -4_000)))
 *         .build();
 * client.commit(Transaction.blind().group(place).policy(Policy.incremental()).build());
 * }</pre>
 *
 * <p><b>Follow.</b> A {@link dev.ordinal.client.Mirror} keeps a local copy that is, at any moment,
 * the exact state at one order ID.
 *
 * <pre>{@code
 * Mirror nodes = client.mirror(List.of(Key.of("node/")));
 * Mirror.View view = nodes.awaitOrder(outcome.orThrow().order()).join();
 * Outcome next =
 *     client.commit(
 *         Transaction.reading(view).read(cpu).put(Key.of("seen"), Value.of("yes")).build());
 * }</pre>
 *
 * <p><b>A timeout is not a failure.</b> {@link dev.ordinal.client.Outcome.Unknown} may have taken
 * effect, or may still. Until then the client has repeated it under the same session and sequence,
 * which the store applies once. {@link dev.ordinal.client.OrdinalClient#queryOutcome} asks later.
 *
 * <p>What is not public lives here too: in Java 17 a package is the only thing that hides it.
 */
@NullMarked
package dev.ordinal.client;

import org.jspecify.annotations.NullMarked;
