package dev.ordinal.consensus.log;

class MemoryLogTest extends LogStoreConformance {
  private final MemoryLog disk = new MemoryLog(FIRST_CONFIGURATION);

  @Override
  Opened open() {
    return disk.open();
  }
}
