package dev.ordinal.bench;

import dev.ordinal.client.Key;
import dev.ordinal.client.Transaction;
import dev.ordinal.client.Value;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Transactions that each put one random value under one random key. */
final class Workload {
  static final int KEY_BYTES = 24;
  static final int KEYS_MAX = 1_000_000_000;

  private final int keys;
  private final int valueBytes;
  private final SplittableRandom random;

  /** {@code valueBytes} a value; the same {@code seed} gives the same transactions. */
  Workload(int keys, int valueBytes, long seed) {
    this.keys = keys;
    this.valueBytes = valueBytes;
    this.random = new SplittableRandom(seed);
  }

  synchronized Transaction next() {
    byte[] value = new byte[valueBytes];
    random.nextBytes(value);
    return Transaction.blind().put(key(random.nextInt(keys)), Value.of(value)).build();
  }

  /** {@code bench/} and 18 digits; by hand, since the cost of a formatter would be measured. */
  static Key key(int number) {
    byte[] key = "bench/000000000000000000".getBytes(StandardCharsets.US_ASCII);
    int rest = number;
    for (int at = KEY_BYTES - 1; rest > 0; at--) {
      key[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return Key.of(key);
  }
}
