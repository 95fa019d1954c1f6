package dev.parley.entities;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The entity types that may be stored, by the names that they are stored under. */
public final class Catalog {
  private final SortedMap<String, Class<?>> types = new TreeMap<>();
  private final Map<String, Class<?>> former = new HashMap<>();

  private Catalog() {}

  /**
   * The types of some trees: those of the roots, and of all that they can own.
   *
   * @throws Refused if a type can be no entity, or two have the same name
   */
  public static Catalog of(List<Class<? extends Entity>> roots) {
    Catalog catalog = new Catalog();
    Deque<Class<?>> open = new ArrayDeque<>();
    roots.forEach(root -> Forms.records(root).forEach(open::add));
    while (!open.isEmpty()) {
      catalog.add(open.pop(), open);
    }
    return catalog;
  }

  private void add(Class<?> type, Deque<Class<?>> open) {
    Class<?> other = types.putIfAbsent(type.getSimpleName(), type);
    if (other == type) {
      return;
    }
    if (other != null) {
      throw new Refused(type.getName() + " and " + other.getName() + " have the same simple name");
    }
    Was was = type.getAnnotation(Was.class);
    for (String name : was == null ? new String[0] : was.value()) {
      former.put(name, type);
    }
    Kind.of(type);
    for (RecordComponent component : type.getRecordComponents()) {
      reach(component.getGenericType(), open);
    }
  }

  private static void reach(Type type, Deque<Class<?>> open) {
    switch (type) {
      case Class<?> plain when Entity.class.isAssignableFrom(plain) ->
          Forms.records(plain).forEach(open::add);
      case ParameterizedType generic when generic.getRawType() != Ref.class -> {
        for (Type argument : generic.getActualTypeArguments()) {
          reach(argument, open);
        }
      }
      default -> {}
    }
  }

  static String nameOf(Class<?> type) {
    return type.getSimpleName();
  }

  /**
   * @throws Refused if no type has this name or had it
   */
  Kind kind(String name) {
    Class<?> type = types.getOrDefault(name, former.get(name));
    if (type == null) {
      throw new Refused(
          "the stored type " + Refused.shown(name) + " is unknown; known are " + types.keySet());
    }
    return Kind.of(type);
  }
}
