package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkTest {
  private static final int PAGE = 100;

  private final AtomicInteger loads = new AtomicInteger();

  /** Numbers that make new objects at each load. */
  private record Page(int start, int size, AtomicInteger loads) implements Chunk.Source<Long> {
    @Override
    public List<Long> load() {
      loads.incrementAndGet();
      return IntStream.range(start, start + PAGE).mapToObj(i -> 1_000_000L + i).toList();
    }
  }

  private Chunk<Long> page(int start) {
    return Chunk.from(new Page(start, PAGE, loads));
  }

  private Sequence<Long> stored(int pages) {
    return Sequence.ofChunks(IntStream.range(0, pages).mapToObj(i -> page(i * PAGE)).toList());
  }

  @Test
  void a_stored_list_is_loaded_page_by_page_as_it_is_touched() {
    Sequence<Long> sequence = stored(1_000);
    assertThat(sequence).hasSize(100_000);
    assertThat(loads).hasValue(0);
    assertThat(sequence.get(54_321)).isEqualTo(1_054_321);
    assertThat(sequence.get(54_322)).isEqualTo(1_054_322);
    assertThat(loads).hasValue(1);
    assertThat(sequence.get(99_999)).isEqualTo(1_099_999);
    assertThat(loads).hasValue(2);
    assertThat(sequence.chunks().stream().filter(Chunk::isLoaded)).hasSize(2);
  }

  @Test
  void an_edit_loads_only_the_page_it_touches() {
    Sequence<Long> sequence = stored(1_000);
    Sequence<Long> edited = sequence.with(50_050, 1L).plus(50_051, 2L).without(50_049);
    assertThat(loads).hasValue(1);
    assertThat(edited.subList(50_048, 50_052)).containsExactly(1_050_048L, 1L, 2L, 1_050_051L);
    assertThat(loads).hasValue(1);
    assertThat(edited.plus(3L)).hasSize(100_001).endsWith(3L);
  }

  @Test
  void walking_through_loads_each_page_once() {
    Sequence<Long> sequence = stored(20);
    assertThat(sequence.stream().mapToLong(i -> i).sum()).isEqualTo(2_000 * 1_000_000L + 1_999_000);
    assertThat(sequence.stream()).hasSize(2_000);
    assertThat(loads).hasValue(20);
  }

  @Test
  void an_element_has_one_identity_whoever_loads_it_first() throws Exception {
    for (int round = 0; round < 50; round++) {
      CyclicBarrier together = new CyclicBarrier(4);
      Chunk<Long> chunk = page(0);
      Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        List<Future<Long>> found = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          found.add(
              threads.submit(() -> {
                together.await();
                return chunk.elements().getFirst();
              }));
        }
        for (Future<Long> one : found) {
          seen.add(one.get());
        }
      }
      assertThat(seen).hasSize(1);
    }
  }

  @Test
  void a_page_that_loads_another_number_of_elements_is_an_error_each_time() {
    Chunk<Long> chunk = Chunk.from(new Page(0, PAGE - 1, loads));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(chunk::elements)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("a chunk of 99 elements loaded 100 from Page[start=0");
    }
    assertThat(chunk.isLoaded()).isFalse();
  }

  @Test
  void a_chunk_has_1_to_128_elements() {
    assertThat(Chunk.of(Seeds.things(128)).elements()).hasSize(128);
    for (int size : new int[] {0, 129}) {
      assertThatThrownBy(() -> Chunk.of(Seeds.things(size)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a chunk has 1 to 128 elements, not " + size);
      assertThatThrownBy(() -> Chunk.from(new Page(0, size, loads)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void the_first_tag_holds() {
    Chunk<Long> chunk = page(0);
    assertThat(chunk.tag()).isEmpty();
    assertThat(chunk.tag("page 1")).isEqualTo("page 1");
    assertThat(chunk.tag("page 2")).isEqualTo("page 1");
    assertThat(chunk.tag()).contains("page 1");
    assertThat(loads).hasValue(0);
  }

  @Test
  void an_edited_chunk_has_no_tag_and_the_others_keep_theirs() {
    Sequence<Long> sequence = stored(3);
    sequence.chunks().forEach(chunk -> chunk.tag("kept"));
    Sequence<Long> edited = sequence.with(150, 1L);
    assertThat(edited.chunks().stream().map(chunk -> chunk.tag().isPresent()))
        .containsExactly(true, false, true);
  }
}
