package dev.parley.entities;

import java.lang.invoke.MethodType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that something can be put where a form says what may be there. */
final class Fit {
  private Fit() {}

  /**
   * @param where what is written to, as it is named in the error
   * @throws Refused if the value is null, of another type, or has such elements
   */
  static void require(Form form, @Nullable Object value, String where) {
    switch (form) {
      case Value.Atom atom -> instance(value, atom.type(), where);
      case Value.Compound compound -> instance(value, compound.type(), where);
      case OneChild one -> instance(value, one.type(), where);
      case Value.Maybe maybe -> optional(maybe.inside(), value, where);
      case MaybeChild maybe -> optional(maybe.inside(), value, where);
      case Value.Many many -> each(many.inside(), value, List.class, where);
      case ChildList many -> each(many.inside(), value, List.class, where);
      case Value.Distinct set -> each(set.inside(), value, Set.class, where);
      case ChildSet set -> each(set.inside(), value, Set.class, where);
      case Value.ByKey map -> entries(map.inside(), null, value, where);
      case ChildMap map -> entries(map.inside(), map.keys(), value, where);
    }
  }

  /**
   * What was found, by its type; a primitive one stands for its wrapper.
   *
   * @throws Refused if it is of another type
   */
  @SuppressWarnings("unchecked")
  static <V> V cast(Object found, Class<V> type, String where) {
    Class<?> boxed = boxed(type);
    if (!boxed.isInstance(found)) {
      throw new Refused(
          where + " is " + found.getClass().getSimpleName() + ", not " + boxed.getSimpleName());
    }
    return (V) found;
  }

  private static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  private static void instance(@Nullable Object value, Class<?> type, String where) {
    Class<?> boxed = boxed(type);
    if (value == null) {
      throw new Refused(where + " cannot be null; use Optional for what may lack");
    }
    if (!boxed.isInstance(value)) {
      throw new Refused(
          where
              + " is "
              + boxed.getSimpleName()
              + ", it cannot be "
              + value.getClass().getSimpleName());
    }
  }

  private static void optional(Form inside, @Nullable Object value, String where) {
    instance(value, Optional.class, where);
    if (value instanceof Optional<?> optional && optional.isPresent()) {
      require(inside, optional.get(), where);
    }
  }

  private static void each(Form inside, @Nullable Object value, Class<?> type, String where) {
    instance(value, type, where);
    if (value instanceof Collection<?> collection) {
      for (Object element : collection) {
        require(inside, element, "an element of " + where);
      }
    }
  }

  private static void entries(
      Form inside, @Nullable Class<?> keys, @Nullable Object value, String where) {
    instance(value, Map.class, where);
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        instance(entry.getKey(), keys == null ? Comparable.class : keys, "a key of " + where);
        require(inside, entry.getValue(), "an element of " + where);
      }
    }
  }
}
