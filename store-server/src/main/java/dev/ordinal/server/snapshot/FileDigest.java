package dev.ordinal.server.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of files, a piece at a time: none is ever in memory as a whole. */
final class FileDigest {
  private static final int PIECE_BYTES = 256 << 10;

  private FileDigest() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  static byte[] of(Path file) throws IOException {
    MessageDigest digest = start();
    add(digest, file);
    return digest.digest();
  }

  static void add(MessageDigest digest, Path file) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(piece) >= 0) {
        digest.update(piece.flip());
        piece.clear();
      }
    }
  }
}
