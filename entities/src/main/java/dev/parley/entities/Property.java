package dev.parley.entities;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record.
 *
 * @param index its place among the components
 * @param former names that it had before
 * @param fallback its value, as JSON, in data that was written before there was this component
 * @param accessor takes the record as {@code Object}, gives the component as {@code Object}
 */
record Property(
    String name,
    int index,
    Form form,
    List<String> former,
    Optional<String> fallback,
    Type type,
    MethodHandle accessor) {

  /**
   * @throws Refused if the record bears null
   */
  Object of(Object bearer) {
    Object contents = read(bearer);
    if (contents == null) {
      throw new Refused(
          bearer.getClass().getSimpleName()
              + "."
              + name
              + " is null; use Optional for what may lack");
    }
    return contents;
  }

  /**
   * Contents of this component that nobody can change.
   *
   * @throws Refused if there is something inside that cannot be kept
   */
  Object freeze(Entity bearer, Object given) {
    try {
      return form.freeze(given);
    } catch (NullPointerException | ClassCastException | IllegalArgumentException e) {
      throw unfit(bearer, e);
    } catch (StackOverflowError e) {
      throw tooDeep(bearer);
    }
  }

  /**
   * The same for contents that are based on others.
   *
   * @throws Refused if there is something inside that cannot be kept
   */
  Object rebase(Entity bearer, Object before, Object given) {
    try {
      return ((Owned) form).rebase(before, given);
    } catch (NullPointerException | ClassCastException | IllegalArgumentException e) {
      throw unfit(bearer, e);
    }
  }

  private Refused unfit(Entity bearer, RuntimeException reason) {
    return new Refused(bearer.id() + "." + name + " cannot be kept: " + reason.getMessage());
  }

  private Refused tooDeep(Entity bearer) {
    return new Refused(bearer.id() + "." + name + " is nested too deep, or in itself");
  }

  @SuppressWarnings("ThrowSpecificExceptions")
  private @Nullable Object read(Object bearer) {
    try {
      return accessor.invokeExact(bearer);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
