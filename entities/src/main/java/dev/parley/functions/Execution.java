package dev.parley.functions;

import dev.parley.entities.Address;
import dev.parley.entities.Lineage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a call that ended.
 *
 * @param id unique, also named by the cause of what the call committed
 * @param inputs the entities that it was given, each with its version (0: never committed)
 * @param values its input as JSON, entities by address, cut off at a bound; empty if the function
 *     keeps its input to itself
 * @param outputs the entities that it answered with and the other trees that it changed, with the
 *     versions that it left
 * @param origins where attributes came from, as far as the function told
 * @param commit the number of the commit that it made, if it changed anything
 * @param attempts how often it ran, because others changed its inputs meanwhile; 0 if it never did
 * @param error why it failed, if it did; it changed nothing then
 */
public record Execution(
    String id,
    String function,
    Caller caller,
    List<Address> inputs,
    String values,
    List<Output> outputs,
    List<Origin> origins,
    OptionalLong commit,
    Instant started,
    Duration duration,
    int attempts,
    Optional<String> error) {

  /** An entity that a call left, and what the call did to it. */
  public record Output(Address address, Meaning meaning) {}

  /**
   * Where an attribute came from.
   *
   * @param attribute {@code @lineage:version.property} of an output
   */
  public record Origin(Address attribute, Source source) {}

  /** What an attribute came from. */
  public sealed interface Source {
    /**
     * @param address {@code @lineage:version}, and the path to what was taken
     */
    record OfEntity(Address address) implements Source {}

    /** A component of the function's input. */
    record OfInput(String component) implements Source {}
  }

  public boolean failed() {
    return error.isPresent();
  }

  /** Whether an entity was among the inputs or outputs, in whatever version. */
  public boolean concerns(Lineage lineage) {
    return inputs.stream().anyMatch(input -> input.lineage().equals(lineage))
        || outputs.stream().anyMatch(output -> output.address().lineage().equals(lineage));
  }
}
