package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept in memory for readers that lag, and what is not. */
class RecentTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final Allowance allowance = new Allowance(1_000);
  private final Recent recent = new Recent(allowance);

  private void publish(int first, int last) {
    for (int seq = first; seq <= last; seq++) {
      recent.add(new Published(seq, payload("{\"at\":%d}".formatted(seq))));
    }
  }

  private static Payload payload(String json) {
    return new Payload(json.getBytes(StandardCharsets.UTF_8));
  }

  private String sent(Stretch stretch) {
    ByteBuf frames = stretch.in(new Form(true, Optional.empty()), allocator);
    try {
      return frames.toString(StandardCharsets.UTF_8);
    } finally {
      frames.release();
    }
  }

  @Test
  void readers_that_lag_by_different_distances_get_into_step() {
    publish(1, 40);
    List<Long> ends = new ArrayList<>();
    for (long at : new long[] {0, 3, 9}) {
      ends.add(recent.after(at).orElseThrow().last());
    }
    assertThat(ends).containsOnly(16L);
    assertThat(recent.after(16).orElseThrow()).isSameAs(recent.after(16).orElseThrow());
    assertThat(recent.after(32).orElseThrow().last()).isEqualTo(40);
    assertThat(recent.after(40)).isEmpty();
  }

  @Test
  void a_stretch_that_was_not_whole_grows_with_what_follows() {
    publish(1, 2);
    assertThat(sent(recent.after(0).orElseThrow())).contains("[{\"at\":1},{\"at\":2}]");
    publish(3, 3);
    assertThat(sent(recent.after(0).orElseThrow())).contains("[{\"at\":1},{\"at\":2},{\"at\":3}]");
    assertThat(sent(recent.after(2).orElseThrow())).endsWith("{\"at\":3}");
  }

  @Test
  void what_all_have_taken_is_forgotten_and_nothing_else() {
    publish(1, 40);
    recent.forget(20);
    assertThat(recent.after(19)).isEmpty();
    assertThat(recent.after(20).orElseThrow().last()).isEqualTo(32);
    recent.forget(40);
    assertThat(recent.after(20)).isEmpty();
    assertThat(recent.last()).isEqualTo(40);
  }

  @Test
  void more_than_the_allowance_of_all_logs_is_not_kept() {
    assertThat(allowance.take(900)).isTrue();
    publish(1, 40);
    recent.forget(0);
    assertThat(recent.after(0)).isEmpty();
    publish(41, 42);
    recent.forget(40);
    assertThat(recent.after(40)).isPresent();
    assertThat(allowance.take(100)).as("what is kept is counted").isFalse();
    recent.clear();
    assertThat(allowance.take(100)).as("and given back").isTrue();
  }

  @Test
  void a_hole_is_not_bridged() {
    publish(1, 5);
    publish(8, 9);
    assertThat(recent.after(4)).isEmpty();
    assertThat(recent.after(6)).isEmpty();
    assertThat(recent.after(7).orElseThrow().last()).isEqualTo(9);
  }

  @Test
  void what_was_encoded_is_given_back() {
    publish(1, 40);
    for (long at = 0; at < 40; at++) {
      sent(recent.after(at).orElseThrow());
    }
    recent.forget(18);
    recent.clear();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }
}
