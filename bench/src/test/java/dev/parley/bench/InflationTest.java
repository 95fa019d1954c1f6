package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InflationTest {
  private final Inflation inflation = new Inflation();

  @ParameterizedTest
  @ValueSource(ints = {1, 2_000, 70_000, 1_000_000})
  void a_frame_becomes_what_it_was_and_the_next_one_begins_anew(int length) {
    byte[] plain = "tea and cake ".repeat(length / 13 + 1).getBytes(StandardCharsets.US_ASCII);
    byte[] deflated = deflated(plain);
    for (int frame = 0; frame < 2; frame++) {
      int inflated = inflation.inflate(deflated, 0, deflated.length);

      assertThat(Arrays.copyOf(inflation.plain(), inflated)).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "this is plain")
  void what_is_not_deflated_ends_the_run(String text) {
    byte[] plain = text.getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> inflation.inflate(plain, 0, plain.length))
        .isInstanceOf(LoadFailure.class);
  }

  private static byte[] deflated(byte[] plain) {
    try (Deflater deflater = new Deflater(5, true)) {
      deflater.setInput(plain);
      byte[] out = new byte[plain.length + 64];
      int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
      return Arrays.copyOf(out, length - 4);
    }
  }
}
