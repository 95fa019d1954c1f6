package dev.parley.functions;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;

/**
 * A named, typed operation: the only way to do anything.
 *
 * @param name dotted and unique, such as {@code messages.post}
 * @param title a few words for a list
 * @param description one or two sentences for a reader who has never seen it
 * @param input the record that its parameters are bound to
 * @param output what it answers with: a record, an entity, or a list, map or Optional of those
 * @param readOnly whether a call leaves everything as it was
 * @param idempotent whether calling it twice with the same input is the same as calling it once
 * @param attributes typed marks for the doors
 * @param handler what it does
 */
public record Function<C, I, O>(
    String name,
    String title,
    String description,
    Class<I> input,
    Type output,
    boolean readOnly,
    boolean idempotent,
    List<Attribute> attributes,
    Handler.Traced<C, I, O> handler) {

  /** Starts the description of a function that changes something. */
  public static <I, O> Draft<I, O> named(String name, Class<I> input, Class<O> output) {
    return new Draft<>(name, name, "", input, output, false, false, List.of());
  }

  /** Starts the description of a function that answers with a list, a map or an Optional. */
  public static <I, O> Draft<I, O> named(String name, Class<I> input, TypeReference<O> output) {
    return new Draft<>(name, name, "", input, output.getType(), false, false, List.of());
  }

  /** The attribute of the given type, if the function bears one. */
  public <A extends Attribute> Optional<A> attribute(Class<A> type) {
    return attributes.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** A function that still lacks its handler. */
  public record Draft<I, O>(
      String name,
      String title,
      String description,
      Class<I> input,
      Type output,
      boolean isReadOnly,
      boolean isIdempotent,
      List<Attribute> attributes) {

    public Draft<I, O> described(String newTitle, String newDescription) {
      return new Draft<>(
          name, newTitle, newDescription, input, output, isReadOnly, isIdempotent, attributes);
    }

    /** Marks a function that changes nothing; such calls may run side by side. */
    public Draft<I, O> readOnly() {
      return new Draft<>(name, title, description, input, output, true, true, attributes);
    }

    /** Marks a function for which a second, equal call changes nothing more. */
    public Draft<I, O> idempotent() {
      return new Draft<>(name, title, description, input, output, isReadOnly, true, attributes);
    }

    public Draft<I, O> with(Attribute... more) {
      List<Attribute> all = Stream.concat(attributes.stream(), Stream.of(more)).toList();
      return new Draft<>(name, title, description, input, output, isReadOnly, isIdempotent, all);
    }

    public <C> Function<C, I, O> handledBy(Handler<C, I, O> handler) {
      return tracedBy((call, input, origins) -> handler.handle(call, input));
    }

    /** A call waits for what the handler answers later, on a virtual thread if asked to. */
    public <C> Function<C, I, O> handledLaterBy(Handler.Later<C, I, O> handler) {
      return tracedBy((call, input, origins) -> Waiting.on(handler.handle(call, input)));
    }

    /** Takes a handler that tells where the attributes of its results came from. */
    public <C> Function<C, I, O> tracedBy(Handler.Traced<C, I, O> handler) {
      return new Function<>(
          name, title, description, input, output, isReadOnly, isIdempotent, attributes, handler);
    }
  }
}
