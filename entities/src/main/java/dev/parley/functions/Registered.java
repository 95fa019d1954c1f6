package dev.parley.functions;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ObjectNode;

/**
 * A function with everything that its calls need, resolved when it was registered: shapes, schemas,
 * reader and writer.
 */
public final class Registered<C> {
  private final Function<C, ?, ?> function;
  private final Structure input;
  private final ObjectNode inputSchema;
  private final ObjectNode outputSchema;
  private final Way<C> way;
  private final ObjectWriter writer;

  <I, O> Registered(Function<C, I, O> function) {
    this.function = function;
    this.input = Shapes.ofRecord(function.input());
    this.inputSchema = input.schema();
    this.outputSchema = Shapes.ofRecord(function.output()).schema();
    this.way = way(function);
    this.writer = Json.MAPPER.writerFor(function.output());
  }

  /** From checked parameters to a result. */
  private interface Way<C> {
    Object go(C call, JsonNode params);
  }

  private static <C, I, O> Way<C> way(Function<C, I, O> function) {
    ObjectReader reader = Json.MAPPER.readerFor(function.input());
    Handler<C, I, O> handler = function.handler();
    return (call, params) -> handler.handle(call, reader.readValue(params));
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

  /**
   * Checks the parameters, binds them and runs the function.
   *
   * @return the result as JSON, UTF-8
   * @throws InvalidInput if the parameters do not fit the schema
   */
  public byte[] call(C call, JsonNode params) {
    input.check(params, "");
    return writer.writeValueAsBytes(way.go(call, params));
  }
}
