package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowerTest {
  private final Repository repository = Repository.inMemory(InstantSource.system());

  record Counter(Identity id, int count) implements Entity {
    Counter increased() {
      return new Counter(id, count + 1);
    }
  }

  @Test
  void commits_of_many_threads_are_told_in_their_order() throws InterruptedException {
    Lineage lineage = repository.commit(new Counter(Identity.fresh(), 0)).lineage();
    List<Integer> told = new ArrayList<>();
    repository.follow(
        commit -> () -> told.add(((Counter) commit.root(lineage).orElseThrow()).count()));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int j = 0; j < 20; j++) {
              repository.update(lineage, Counter.class, Counter::increased);
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(told).hasSize(320).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_follower_refuses_a_commit_before_it_is_kept() {
    Counter counter = repository.commit(new Counter(Identity.fresh(), 0));
    repository.follow(commit -> {
      throw new Refused("not now");
    });
    assertThatThrownBy(() -> repository.commit(counter.increased())).hasMessage("not now");
    assertThat(repository.head(counter.lineage()).orElseThrow().root()).isSameAs(counter);
  }
}
