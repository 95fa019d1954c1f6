package dev.parley.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

class SealTest {
  private final TestClock clock = new TestClock();
  private final Seal seal = new Seal(clock);
  private final String sealed = seal.close(StringNode.valueOf("first"), "ada");

  @Test
  void state_comes_back_as_it_was_given() {
    assertThat(seal.open(sealed, "ada").stringValue()).isEqualTo("first");
  }

  @Test
  void state_that_was_changed_is_refused() {
    assertThatThrownBy(() -> seal.open("e" + sealed, "ada")).isInstanceOf(Fault.class);
    assertThatThrownBy(() -> seal.open(sealed + "x", "ada")).isInstanceOf(Fault.class);
    assertThatThrownBy(() -> seal.open("", "ada")).isInstanceOf(Fault.class);
  }

  @Test
  void state_of_somebody_else_is_refused() {
    assertThatThrownBy(() -> seal.open(sealed, "eve")).isInstanceOf(Fault.class);
  }

  @Test
  void state_that_is_old_is_refused() {
    clock.advance(Duration.ofMinutes(11));
    assertThatThrownBy(() -> seal.open(sealed, "ada")).isInstanceOf(Fault.class);
  }
}
