package dev.parley.entities;

import java.io.Serializable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Works out the {@link Form} of a component, or says why it can have none. */
final class Forms {
  private static final Set<Class<?>> ATOMS =
      Set.of(
          String.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Character.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class,
          URI.class,
          Locale.class,
          Lineage.class);

  /** Records of values that are being looked at, so that one may hold lists of its own kind. */
  private static final ThreadLocal<Set<Class<?>>> UNDER_WAY = ThreadLocal.withInitial(HashSet::new);

  private final String where;
  private final boolean mayOwn;

  private Forms(String where, boolean mayOwn) {
    this.where = where;
    this.mayOwn = mayOwn;
  }

  /**
   * @param mayOwn whether the record is an entity; records of values must not hold entities
   * @throws Refused for arrays, mutable types and whatever else cannot be kept
   */
  static Form of(RecordComponent component, boolean mayOwn) {
    String where = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    return component.getType() == Identity.class
        ? new Value.Atom(Identity.class)
        : new Forms(where, mayOwn).form(component.getGenericType());
  }

  private Form form(Type type) {
    return switch (type) {
      case Class<?> plain -> ofClass(plain);
      case ParameterizedType generic -> ofGeneric(generic);
      default -> throw refused(type, "its type must be known when the class is loaded");
    };
  }

  private Form ofClass(Class<?> type) {
    if (type.isPrimitive() || type.isEnum() || ATOMS.contains(type) || isOfTime(type)) {
      return new Value.Atom(type);
    }
    if (type == Optional.class || type == List.class || type == Set.class || type == Map.class) {
      throw refused(type, "it must say of what");
    }
    if (Entity.class.isAssignableFrom(type)) {
      return child(type);
    }
    if (type.isRecord() || isFamilyOfRecords(type)) {
      return compound(type);
    }
    throw refused(
        type, "it may change behind the library's back: use records, List, Set, Map and values");
  }

  private Form child(Class<?> type) {
    if (!mayOwn) {
      throw refused(
          type, "a record that is no entity cannot own one: make it an entity, or use Ref");
    }
    if (!type.isRecord() && !isFamilyOfRecords(type)) {
      throw refused(type, "an owned entity must be a record or a sealed family of records");
    }
    return new OneChild(type);
  }

  private Form compound(Class<?> type) {
    if (records(type).anyMatch(Entity.class::isAssignableFrom)) {
      throw refused(type, "some of it are entities: let all of it extend Entity, or use Ref");
    }
    if (UNDER_WAY.get().add(type)) {
      try {
        records(type).forEach(Kind::of);
      } finally {
        UNDER_WAY.get().remove(type);
      }
    }
    return new Value.Compound(type);
  }

  private Form ofGeneric(ParameterizedType type) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == Ref.class) {
      return new Value.Atom(Ref.class);
    }
    if (raw == Optional.class) {
      return maybe(form(arguments[0]));
    }
    if (raw == List.class) {
      return form(arguments[0]) instanceof Owned owned
          ? new ChildList(owned)
          : new Value.Many((Value) form(arguments[0]));
    }
    if (raw == Set.class) {
      return distinct(type, form(arguments[0]));
    }
    if (raw == Map.class) {
      return byKey(type, arguments[0], form(arguments[1]));
    }
    throw refused(type, "of generic types only Optional, List, Set, Map and Ref can be kept");
  }

  private static Form maybe(Form inside) {
    return inside instanceof Owned owned ? new MaybeChild(owned) : new Value.Maybe((Value) inside);
  }

  private Form distinct(ParameterizedType type, Form inside) {
    return switch (inside) {
      case OneChild one -> new ChildSet(one);
      case Value.Atom atom when isComparable(atom.type()) -> new Value.Distinct(atom);
      default -> throw refused(type, "a set holds entities or comparable values");
    };
  }

  private Form byKey(ParameterizedType type, Type keys, Form inside) {
    if (!(form(keys) instanceof Value.Atom key) || !isComparable(key.type())) {
      throw refused(type, "the keys of a map must be comparable values");
    }
    return inside instanceof Owned owned
        ? new ChildMap(key.type(), owned)
        : new Value.ByKey((Value) inside);
  }

  private static boolean isComparable(Class<?> type) {
    return Comparable.class.isAssignableFrom(type);
  }

  private static boolean isOfTime(Class<?> type) {
    return type.getPackageName().equals("java.time")
        && Serializable.class.isAssignableFrom(type)
        && !Throwable.class.isAssignableFrom(type);
  }

  static boolean isFamilyOfRecords(Class<?> type) {
    return type.isSealed() && records(type).allMatch(Class::isRecord);
  }

  /** The records of a sealed family, or the record itself. */
  static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Forms::records)
        : Stream.of(type);
  }

  private Refused refused(Type type, String reason) {
    return new Refused(where + " is " + type.getTypeName() + ": " + reason);
  }
}
