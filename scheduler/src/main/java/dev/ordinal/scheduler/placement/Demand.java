package dev.ordinal.scheduler.placement;

import dev.ordinal.scheduler.cluster.Cluster;
import dev.ordinal.scheduler.cluster.Request;

/** A request as the inner loops want it: flat fields, and models by their number in one cluster. */
final class Demand {
  final long cpuMilli;
  final long memoryMib;
  final int gpus;
  final int gpuMilli;
  final long gpuTotalMilli;
  final boolean sharesDevice;

  /** By number of the model. */
  final boolean[] allowedModels;

  /**
   * The view's count of releases when this demand last fitted nowhere; -1 if it never failed. As
   * long as nothing is released, what fitted nowhere fits nowhere.
   */
  long unplaceableAtRelease = -1;

  Demand(Request request, Cluster cluster) {
    this.cpuMilli = request.cpuMilli();
    this.memoryMib = request.memoryMib();
    this.gpus = request.gpus();
    this.gpuMilli = request.gpuMilli();
    this.gpuTotalMilli = request.gpuTotalMilli();
    this.sharesDevice = request.sharesDevice();
    this.allowedModels = cluster.modelsIn(request.models());
  }
}
