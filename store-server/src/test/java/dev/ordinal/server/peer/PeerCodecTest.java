package dev.ordinal.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.proto.peer.v1.Hello;
import dev.ordinal.proto.peer.v1.PeerFrame;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerCodecTest {
  @Test
  void everyMessageComesBackAsItWas() throws InvalidProtocolBufferException {
    Set<Class<?>> seen = new HashSet<>();
    RandomMessages messages = new RandomMessages(new Random(1));
    for (int number = 1; number <= 500; number++) {
      Message message = messages.next();
      PeerFrame received = PeerFrame.parseFrom(PeerCodec.encode(message).toByteArray());
      assertThat(PeerCodec.decode(received)).as("message %d", number).isEqualTo(message);
      seen.add(message.getClass());
    }
    assertThat(seen).containsExactlyInAnyOrder(Message.class.getPermittedSubclasses());
  }

  @Test
  void whatIsNoMessageIsRefused() {
    PeerFrame hello = PeerFrame.newBuilder().setHello(Hello.getDefaultInstance()).build();
    assertThatThrownBy(() -> PeerCodec.decode(hello))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a second hello");
    assertThatThrownBy(() -> PeerCodec.decode(PeerFrame.getDefaultInstance()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a kind that this version lacks");
  }
}
