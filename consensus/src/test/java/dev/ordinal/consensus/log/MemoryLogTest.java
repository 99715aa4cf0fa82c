package dev.ordinal.consensus.log;

class MemoryLogTest extends LogStoreConformance {
  private final MemoryLog disk = new MemoryLog();

  @Override
  Opened open() {
    return disk.open();
  }
}
