package dev.ordinal.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ordinal.server.testing.TestCluster;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tools ask of any gRPC server. */
class StandardServicesTest {
  @Test
  void aReplicaSaysThatItServesAndWhat(@TempDir Path folder) {
    try (TestCluster cluster = TestCluster.start(folder, 1)) {
      HealthCheckResponse health =
          HealthGrpc.newBlockingStub(cluster.channel(1))
              .check(HealthCheckRequest.getDefaultInstance());
      assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);

      Answer answer = new Answer();
      StreamObserver<ServerReflectionRequest> asking =
          ServerReflectionGrpc.newStub(cluster.channel(1)).serverReflectionInfo(answer);
      asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      await().until(answer.first::isDone);
      assertThat(answer.first.join().getListServicesResponse().getServiceList())
          .extracting(ServiceResponse::getName)
          .contains("ordinal.store.v1.Store");
      asking.onCompleted();
    }
  }

  private static final class Answer implements StreamObserver<ServerReflectionResponse> {
    private final CompletableFuture<ServerReflectionResponse> first = new CompletableFuture<>();

    @Override
    public void onNext(ServerReflectionResponse response) {
      first.complete(response);
    }

    @Override
    public void onError(Throwable cause) {
      first.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {}
  }
}
