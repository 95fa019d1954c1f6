package dev.parley.functions;

import dev.parley.entities.Address;
import dev.parley.entities.Entity;
import dev.parley.entities.Refused;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A function with everything that its calls need, resolved when it was registered: shapes, schemas,
 * reader and writer, and where entities are in what it takes and gives.
 */
public final class Registered<C> {
  private final Function<C, ?, ?> function;
  private final Structure input;
  private final ObjectNode inputSchema;
  private final ObjectNode outputSchema;
  private final Optional<Holding> takes;
  private final Optional<Holding> gives;
  private final Way<C> way;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  <I, O> Registered(Function<C, I, O> function) {
    if (Entity.class.isAssignableFrom(function.input())) {
      throw new IllegalArgumentException(
          function.input().getName() + " is an entity: make it a component of an input record");
    }
    this.function = function;
    this.input = Shapes.ofRecord(function.input());
    this.inputSchema = input.schema();
    this.outputSchema = Shapes.ofOutput(function.output()).schema();
    this.takes = Holding.of(function.input());
    this.gives = Holding.of(function.output());
    this.way = way(function);
    JsonMapper mapper = worksOnEntities() ? Addresses.MAPPER : Json.MAPPER;
    this.reader = mapper.readerFor(function.input());
    this.writer = mapper.writerFor(mapper.constructType(function.output()));
  }

  /** From an input to a result. */
  private interface Way<C> {
    Object go(C call, Object input, Origins origins);
  }

  private static <C, I, O> Way<C> way(Function<C, I, O> function) {
    Class<I> type = function.input();
    Handler.Traced<C, I, O> handler = function.handler();
    return (call, input, origins) -> handler.handle(call, type.cast(input), origins);
  }

  public Function<C, ?, ?> function() {
    return function;
  }

  public String name() {
    return function.name();
  }

  public Structure input() {
    return input;
  }

  /** The input's JSON Schema, a copy of the caller's own. */
  public ObjectNode inputSchema() {
    return inputSchema.deepCopy();
  }

  /** The output's JSON Schema, a copy of the caller's own. */
  public ObjectNode outputSchema() {
    return outputSchema.deepCopy();
  }

  /** Whether entities are in its input or its output; then it is {@link Calls} that run it. */
  public boolean worksOnEntities() {
    return takes.isPresent() || gives.isPresent();
  }

  /**
   * Checks the parameters, binds them and runs the function.
   *
   * @return the result as JSON, UTF-8
   * @throws InvalidInput if the parameters do not fit the schema
   * @throws IllegalStateException if it works on entities
   */
  public byte[] call(C call, JsonNode params) {
    if (worksOnEntities()) {
      throw new IllegalStateException(name() + " works on entities: Calls run it");
    }
    return write(go(call, bind(params, Registered::noEntity), new Origins()));
  }

  private static Entity noEntity(Address address) {
    throw new Refused(address + " is in the place of a value");
  }

  /** The input that parameters stand for. */
  Object bind(JsonNode params, java.util.function.Function<Address, Entity> resolver) {
    input.check(params, "");
    return takes.isPresent()
        ? Addresses.reading(reader, resolver).readValue(params)
        : reader.readValue(params);
  }

  /** Runs the function. */
  Object go(C call, Object bound, Origins origins) {
    Object result = way.go(call, bound, origins);
    if (result == null) {
      throw new Refused(name() + " answered null");
    }
    return result;
  }

  byte[] write(Object result) {
    return writer.writeValueAsBytes(result);
  }

  /** Where entities are in its input. */
  Optional<Holding> takes() {
    return takes;
  }

  /** Where entities are in its output. */
  Optional<Holding> gives() {
    return gives;
  }
}
