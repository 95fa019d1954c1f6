package dev.parley.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {
  /** Shows what a test says. */
  private static final class Shown implements Memory.Gauge {
    private double share;
    private int refreshed;

    @Override
    public double share() {
      return share;
    }

    @Override
    public String words() {
      return share + " of what there is";
    }

    @Override
    public void refresh() {
      refreshed++;
    }
  }

  private final Shown gauge = new Shown();
  private final Memory memory = new Memory(gauge);

  private List<Integer> strains(double... shares) {
    List<Integer> strains = new ArrayList<>();
    for (double share : shares) {
      gauge.share = share;
      memory.look();
      strains.add(memory.strain());
    }
    return strains;
  }

  @Test
  void passing_events_are_given_up_first_and_new_sockets_next() {
    assertThat(strains(0.5, 0.79, 0.8, 0.89, 0.9, 1.2)).containsExactly(0, 0, 1, 1, 2, 2);
    assertThat(memory.sheds()).isTrue();
    assertThat(memory.refuses()).isTrue();
  }

  @Test
  void it_takes_clearly_more_room_to_have_them_again() {
    assertThat(strains(0.9, 0.85, 0.81, 0.79, 0.75, 0.71, 0.69))
        .containsExactly(2, 2, 2, 1, 1, 1, 0);
    assertThat(memory.sheds()).isFalse();
  }

  @Test
  void it_may_all_come_and_go_at_once() {
    assertThat(strains(0.1, 0.95, 0.1)).containsExactly(0, 2, 0);
  }

  @Test
  void what_became_free_is_looked_for_while_there_is_too_little() {
    strains(0.5, 0.85, 0.95, 0.5);
    assertThat(gauge.refreshed).isEqualTo(2);
  }
}
