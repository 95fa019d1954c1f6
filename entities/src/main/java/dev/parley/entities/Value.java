package dev.parley.entities;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Contents without entities: immutable to the ground, compared by {@code equals}. */
sealed interface Value extends Form {

  /** All of one piece: a number, a text, a moment, an enum's constant, a reference. */
  record Atom(Class<?> type) implements Value {
    @Override
    public Object freeze(Object given) {
      return given;
    }
  }

  /** A record of values, or one of a sealed family of them. */
  record Compound(Class<?> type) implements Value {
    @Override
    public Object freeze(Object given) {
      return Kind.of(given.getClass()).freeze(given);
    }
  }

  record Maybe(Value inside) implements Value {
    @Override
    public Object freeze(Object given) {
      Optional<?> optional = (Optional<?>) given;
      if (optional.isEmpty()) {
        return optional;
      }
      Object frozen = inside.freeze(optional.get());
      return frozen == optional.get() ? optional : Optional.of(frozen);
    }
  }

  record Many(Value inside) implements Value {
    @Override
    public Object freeze(Object given) {
      Sequence<Object> frozen = Sequence.copyOf(Contents.list(given));
      if (inside instanceof Atom) {
        return frozen;
      }
      for (int i = 0; i < frozen.size(); i++) {
        frozen = frozen.with(i, inside.freeze(frozen.get(i)));
      }
      return frozen;
    }
  }

  /** A set, in the order of its elements. */
  record Distinct(Value inside) implements Value {
    @Override
    public Object freeze(Object given) {
      return Contents.values((Set<?>) given);
    }
  }

  /** A map, in the order of its keys. */
  record ByKey(Value inside) implements Value {
    @Override
    public Object freeze(Object given) {
      Keyed<?, Object> frozen = Contents.map((Map<?, ?>) given);
      if (inside instanceof Atom) {
        return frozen;
      }
      for (Map.Entry<?, Object> entry : List.copyOf(frozen.entrySet())) {
        frozen = Contents.with(frozen, entry.getKey(), inside.freeze(entry.getValue()));
      }
      return frozen;
    }
  }
}
