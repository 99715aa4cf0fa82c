package dev.ordinal.consensus.entry;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The hash chain over the log: {@code h(s) = SHA-256(h(s-1), s, kind, payload)}, 32 bytes. Ballots
 * are left out on purpose, so that equal decided slots have equal hashes whoever proposed them.
 */
public final class EntryHash {
  public static final int BYTES = 32;

  /** The hash before the first slot. */
  public static final EntryHash START = new EntryHash(new byte[BYTES]);

  private final byte[] hash;

  private EntryHash(byte[] hash) {
    this.hash = hash;
  }

  /** Copies {@code hash}, which must have {@link #BYTES} bytes. */
  public static EntryHash of(byte[] hash) {
    if (hash.length != BYTES) {
      throw new IllegalArgumentException("an entry hash has 32 bytes, not " + hash.length);
    }
    return new EntryHash(hash.clone());
  }

  /** The hash of {@code slot} if it holds {@code entry} and this is the hash of the slot before. */
  public EntryHash next(long slot, Entry entry) {
    MessageDigest digest = sha256();
    digest.update(hash);
    digest.update(ByteBuffer.allocate(9).putLong(slot).put((byte) entry.kind().code()).flip());
    digest.update(entry.payload().bytes());
    return new EntryHash(digest.digest());
  }

  public byte[] toByteArray() {
    return hash.clone();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryHash that && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(hash, 0, 6);
  }
}
