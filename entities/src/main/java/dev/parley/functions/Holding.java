package dev.parley.functions;

import dev.parley.entities.Entity;
import dev.parley.entities.Refused;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the entities in values of one type are found and exchanged. Worked out once from the type;
 * types that hold none have none.
 */
interface Holding {

  /**
   * The value with other entities.
   *
   * @param exchange is given each entity, and gives what is to be in its place
   * @return the value itself if no entity was exchanged
   */
  Object map(@Nullable Object value, UnaryOperator<Entity> exchange);

  /** Of a type that has a {@link Shape}. */
  static Optional<Holding> of(Type type) {
    return switch (type) {
      case Class<?> plain when Entity.class.isAssignableFrom(plain) -> Optional.of(new One(plain));
      case Class<?> plain when plain.isRecord() -> Parts.of(plain);
      case ParameterizedType generic -> of(generic);
      default -> Optional.empty();
    };
  }

  private static Optional<Holding> of(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    Optional<Holding> inside = of(arguments[arguments.length - 1]);
    return switch (((Class<?>) type.getRawType()).getSimpleName()) {
      case "Optional" -> inside.map(Maybe::new);
      case "List" -> inside.map(Many::new);
      case "Set" -> inside.map(Some::new);
      case "Map" -> inside.map(ByKey::new);
      default -> Optional.empty();
    };
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new Refused("null is in the place of an entity; use Optional for what may lack");
    }
    return value;
  }

  /** An entity. */
  record One(Class<?> type) implements Holding {
    @Override
    public Object map(@Nullable Object value, UnaryOperator<Entity> exchange) {
      Entity now = exchange.apply((Entity) present(value));
      if (!type.isInstance(now)) {
        throw new Refused(
            now.id()
                + " is a "
                + now.getClass().getSimpleName()
                + " where a "
                + type.getSimpleName()
                + " is needed");
      }
      return now;
    }
  }

  /** Something or nothing. */
  record Maybe(Holding inside) implements Holding {
    @Override
    public Object map(@Nullable Object value, UnaryOperator<Entity> exchange) {
      Optional<?> optional = (Optional<?>) present(value);
      if (optional.isEmpty()) {
        return optional;
      }
      Object now = inside.map(optional.get(), exchange);
      return now == optional.get() ? optional : Optional.of(now);
    }
  }

  /** A list. */
  record Many(Holding inside) implements Holding {
    @Override
    public Object map(@Nullable Object value, UnaryOperator<Entity> exchange) {
      List<?> list = (List<?>) present(value);
      List<Object> now = new ArrayList<>(list.size());
      return each(inside, list, now, exchange) ? List.copyOf(now) : list;
    }
  }

  /** A set. */
  record Some(Holding inside) implements Holding {
    @Override
    public Object map(@Nullable Object value, UnaryOperator<Entity> exchange) {
      Set<?> set = (Set<?>) present(value);
      Set<Object> now = new LinkedHashSet<>();
      return each(inside, set, now, exchange) ? now : set;
    }
  }

  private static boolean each(
      Holding inside,
      Collection<?> before,
      Collection<Object> after,
      UnaryOperator<Entity> exchange) {
    boolean exchanged = false;
    for (Object element : before) {
      Object now = inside.map(element, exchange);
      exchanged |= now != element;
      after.add(now);
    }
    return exchanged;
  }

  /** A map with entities among its values. */
  record ByKey(Holding inside) implements Holding {
    @Override
    public Object map(@Nullable Object value, UnaryOperator<Entity> exchange) {
      Map<?, ?> map = (Map<?, ?>) present(value);
      Map<Object, Object> now = new LinkedHashMap<>();
      boolean exchanged = false;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        Object mapped = inside.map(entry.getValue(), exchange);
        exchanged |= mapped != entry.getValue();
        now.put(entry.getKey(), mapped);
      }
      return exchanged ? now : map;
    }
  }

  /** A record with entities in its components. */
  record Parts(List<MethodHandle> accessors, List<Optional<Holding>> inside, MethodHandle maker)
      implements Holding {

    static Optional<Holding> of(Class<?> type) {
      List<RecordComponent> components = Arrays.asList(type.getRecordComponents());
      List<Optional<Holding>> inside =
          components.stream().map(c -> Holding.of(c.getGenericType())).toList();
      return inside.stream().allMatch(Optional::isEmpty)
          ? Optional.empty()
          : Optional.of(
              new Parts(components.stream().map(Parts::accessor).toList(), inside, maker(type)));
    }

    @Override
    public Object map(@Nullable Object value, UnaryOperator<Entity> exchange) {
      @Nullable Object[] contents = new @Nullable Object[accessors.size()];
      boolean exchanged = false;
      for (int i = 0; i < contents.length; i++) {
        Object part = invoke(accessors.get(i), present(value));
        contents[i] = part;
        if (inside.get(i).isPresent()) {
          Object now = inside.get(i).get().map(part, exchange);
          exchanged |= now != part;
          contents[i] = now;
        }
      }
      return exchanged ? present(invoke(maker, contents)) : present(value);
    }

    private static @Nullable Object invoke(MethodHandle handle, Object argument) {
      try {
        return handle.invoke(argument);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    private static MethodHandle accessor(RecordComponent component) {
      try {
        component.getAccessor().setAccessible(true);
        return MethodHandles.lookup()
            .unreflect(component.getAccessor())
            .asType(MethodType.methodType(Object.class, Object.class));
      } catch (IllegalAccessException | RuntimeException e) {
        throw new IllegalArgumentException(component + " cannot be read", e);
      }
    }

    private static MethodHandle maker(Class<?> type) {
      Class<?>[] parameters =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      try {
        Constructor<?> canonical = type.getDeclaredConstructor(parameters);
        canonical.setAccessible(true);
        return MethodHandles.lookup()
            .unreflectConstructor(canonical)
            .asSpreader(Object[].class, parameters.length)
            .asType(MethodType.methodType(Object.class, Object.class));
      } catch (ReflectiveOperationException | RuntimeException e) {
        throw new IllegalArgumentException(type.getName() + " cannot be made", e);
      }
    }
  }
}
