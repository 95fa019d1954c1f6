package dev.parley.fuzz;

import dev.parley.entities.Address;
import dev.parley.entities.Refused;
import java.nio.charset.StandardCharsets;

/** An address is refused with words, or it is read as it is written. */
public final class AddressFuzz {
  private AddressFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      Address address = Address.parse(new String(input, StandardCharsets.UTF_8));
      Claim.that(Address.parse(address.toString()).equals(address), "it is read as written");
    } catch (Refused refused) {
      Claim.that(!String.valueOf(refused.getMessage()).isEmpty(), "a refusal has words");
    }
  }
}
