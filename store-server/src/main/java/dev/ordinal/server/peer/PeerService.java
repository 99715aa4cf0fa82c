package dev.ordinal.server.peer;

import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.driver.PeerTransport;
import dev.ordinal.consensus.quorum.Incarnation;
import dev.ordinal.proto.peer.v1.Hello;
import dev.ordinal.proto.peer.v1.PeerFrame;
import dev.ordinal.proto.peer.v1.PeerGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receiving end of all lanes. */
final class PeerService extends PeerGrpc.PeerImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(PeerService.class);

  private final PeerIdentity self;
  private final PeerBook book;
  private final Runnable onChange;
  private final AtomicReference<PeerTransport.@Nullable Inbound> inbound;
  private final Map<Integer, String> refusals = new ConcurrentHashMap<>();

  /**
   * @param onChange told when somebody came or left
   */
  PeerService(
      PeerIdentity self,
      PeerBook book,
      Runnable onChange,
      AtomicReference<PeerTransport.@Nullable Inbound> inbound) {
    this.self = self;
    this.book = book;
    this.onChange = onChange;
    this.inbound = inbound;
  }

  @Override
  public StreamObserver<PeerFrame> talk(StreamObserver<PeerFrame> answers) {
    return new Reception(answers);
  }

  /** Calls of one lane come one after the other. */
  private final class Reception implements StreamObserver<PeerFrame> {
    private final StreamObserver<PeerFrame> answers;
    private int from;
    private @Nullable Incarnation disk;
    private boolean refused;

    Reception(StreamObserver<PeerFrame> answers) {
      this.answers = answers;
    }

    @Override
    public void onNext(PeerFrame frame) {
      if (refused) {
        return; // what was under way already
      }
      if (from != 0) {
        receive(frame);
      } else if (frame.hasHello()) {
        greet(frame.getHello());
      } else {
        refuse("did not say hello first");
      }
    }

    private void greet(Hello hello) {
      String refusal = self.refusalOf(hello);
      if (refusal == null) {
        refusal = book.arrive(hello);
      }
      if (refusal != null) {
        warnOnce(hello.getNode(), refusal);
        refuse(refusal);
        return;
      }
      from = hello.getNode();
      disk = PeerIdentity.disk(hello);
      refusals.remove(from);
      Hello answer = self.answer(from, book.members());
      answers.onNext(PeerFrame.newBuilder().setHello(answer).build());
      onChange.run();
    }

    private void receive(PeerFrame frame) {
      Message message;
      try {
        message = PeerCodec.decode(frame);
      } catch (IllegalArgumentException e) {
        warnOnce(from, "sent " + e.getMessage());
        refuse("sent " + e.getMessage());
        return;
      }
      PeerTransport.Inbound inbox = inbound.get();
      if (inbox != null) {
        inbox.received(from, message);
      }
    }

    private void left() {
      if (disk != null) {
        book.leave(from, disk);
        disk = null;
        onChange.run();
      }
    }

    private void refuse(String why) {
      refused = true;
      left();
      answers.onError(Status.FAILED_PRECONDITION.withDescription(why).asRuntimeException());
    }

    /** The caller dials again every second: only news is worth a line. */
    private void warnOnce(int node, String refusal) {
      if (!refusal.equals(refusals.put(node, refusal))) {
        LOG.atWarn().addKeyValue("peer", node).log("refused a peer: node {} {}", node, refusal);
      }
    }

    @Override
    public void onError(Throwable cause) {
      refused = true; // the caller notices by itself, and dials again
      left();
    }

    @Override
    public void onCompleted() {
      left();
      answers.onCompleted();
    }
  }
}
