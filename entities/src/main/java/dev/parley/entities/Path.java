package dev.parley.entities;

import dev.parley.entities.Address.Step;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The way from an entity to something in it: through components of entities and of records of
 * values, indexes of lists, keys of maps, lineages in sets. What is in an {@code Optional} is on
 * the way as if the optional were not there.
 */
final class Path {
  private final Address address;
  private final List<Step> steps;

  private Path(Address address) {
    this.address = address;
    this.steps = address.path();
  }

  static Path of(Address address) {
    return new Path(address);
  }

  /**
   * What is at the end of the way.
   *
   * @throws Refused if there is nothing, saying what there is instead
   */
  Object read(Entity entity) {
    Form form = new OneChild(entity.getClass());
    Object at = entity;
    for (int i = 0; i < steps.size(); i++) {
      Opened opened = open(form, at, i);
      form = opened.form;
      at = opened.required();
    }
    return present(at, steps.size());
  }

  /** The entity with something else at the end of the way. */
  Object write(Entity entity, Object value) {
    Form form = new OneChild(entity.getClass());
    if (steps.isEmpty() && value instanceof Entity given) {
      requireSame(entity.lineage(), given);
    }
    return with(form, entity, 0, value);
  }

  private Object with(Form form, @Nullable Object at, int i, Object value) {
    if (i == steps.size()) {
      Object given = isMaybe(form) && !(value instanceof Optional) ? Optional.of(value) : value;
      Fit.require(form, given, where(i));
      return form.freeze(given);
    }
    if (isMaybe(form)) {
      Object inside = present(Objects.requireNonNull(at), i);
      return Optional.of(with(insideOf(form), inside, i, value));
    }
    Opened opened = open(form, Objects.requireNonNull(at), i);
    if (i + 1 < steps.size()) {
      opened.required();
    }
    return opened.put(with(opened.form, opened.child, i + 1, value));
  }

  /** What one step leads to. */
  private abstract class Opened {
    final Form form;
    final @Nullable Object child;
    private final String reason;

    Opened(Form form, @Nullable Object child, String reason) {
      this.form = form;
      this.child = child;
      this.reason = reason;
    }

    Object required() {
      if (child == null) {
        throw new Refused(reason);
      }
      return child;
    }

    /** The container with something else where the step leads to. */
    abstract Object put(Object other);
  }

  private Opened open(Form form, Object at, int i) {
    return switch (form) {
      case MaybeChild maybe -> open(maybe.inside(), present(at, i), i);
      case Value.Maybe maybe -> open(maybe.inside(), present(at, i), i);
      case OneChild _, Value.Compound _ -> component(at, i);
      case ChildList many -> element(many.inside(), Contents.list(at), i);
      case Value.Many many -> element(many.inside(), Contents.list(at), i);
      case ChildMap map -> entry(map.inside(), (Map<?, ?>) at, i);
      case Value.ByKey map -> entry(map.inside(), (Map<?, ?>) at, i);
      case ChildSet set -> member(set, at, i);
      case Value.Distinct _ -> throw new Refused(where(i) + " is a set of values: it has no steps");
      case Value.Atom atom ->
          throw new Refused(
              where(i) + " is " + atom.type().getSimpleName() + ": it has no " + shown(i));
    };
  }

  private Opened component(Object bearer, int i) {
    Kind kind = Kind.of(bearer.getClass());
    Property property =
        kind.property(text(i))
            .filter(p -> steps.get(i) instanceof Step.Name && p.type() != Identity.class)
            .orElseThrow(() ->
                new Refused(
                    where(i)
                        + " ("
                        + kind.type().getSimpleName()
                        + ") has no component "
                        + shown(i)
                        + "; "
                        + Nearest.to(text(i), kind.names())));
    return new Opened(property.form(), property.of(bearer), "") {
      @Override
      Object put(Object other) {
        return kind.with(bearer, property, other);
      }
    };
  }

  private Opened element(Form inside, List<Object> list, int i) {
    if (!(steps.get(i) instanceof Step.Index(int index))) {
      throw new Refused(
          where(i) + " is a list: " + shown(i) + " is no index; " + Children.range(list.size()));
    }
    if (index >= list.size()) {
      throw new Refused(where(i) + " has no index " + index + "; " + Children.range(list.size()));
    }
    return new Opened(inside, list.get(index), "") {
      @Override
      Object put(Object other) {
        return Sequence.copyOf(list).with(index, other);
      }
    };
  }

  private Opened entry(Form inside, Map<?, ?> map, int i) {
    Object key = key(map, i);
    String reason = where(i) + " has no key " + shown(i) + "; " + Nearest.to(text(i), map.keySet());
    return new Opened(inside, map.get(key), map.containsKey(key) ? "" : reason) {
      @Override
      Object put(Object other) {
        return Contents.with(Contents.map(map), key, other);
      }
    };
  }

  /** A key of the type that the other keys have. */
  private Object key(Map<?, ?> map, int i) {
    String text = text(i);
    if (map.isEmpty() || map.keySet().iterator().next() instanceof String) {
      return text;
    }
    Object other = map.keySet().iterator().next();
    Class<?> type = other instanceof Enum<?> one ? one.getDeclaringClass() : other.getClass();
    try {
      return Objects.requireNonNull(Encoder.MAPPER.convertValue(text, type));
    } catch (RuntimeException e) {
      throw new Refused(
          where(i)
              + " has no key "
              + shown(i)
              + ", which is no "
              + type.getSimpleName()
              + "; "
              + Nearest.to(text, map.keySet()));
    }
  }

  private Opened member(ChildSet form, Object set, int i) {
    Elements<Entity> children = Contents.children(set);
    String text = text(i);
    Optional<Entity> child =
        Lineage.isWellFormed(text) ? children.at(new Lineage(text)) : Optional.empty();
    String reason =
        where(i)
            + " has no "
            + shown(i)
            + "; "
            + Nearest.to(text, children.elements().stream().map(Entity::lineage).toList());
    return new Opened(form.inside(), child.orElse(null), reason) {
      @Override
      Object put(Object other) {
        Entity given = (Entity) other;
        if (!given.lineage().value().equals(text)) {
          throw new Refused(where(i) + "[" + shown(i) + "] cannot be " + given.id());
        }
        return children.with(given);
      }
    };
  }

  private void requireSame(Lineage lineage, Entity given) {
    if (!given.lineage().equals(lineage)) {
      throw new Refused(where(0) + " cannot be " + given.id() + ", which is another entity");
    }
  }

  private Object present(Object at, int i) {
    if (at instanceof Optional<?> optional) {
      return optional
          .<Object>map(inside -> inside)
          .orElseThrow(() -> new Refused(where(i) + " is empty"));
    }
    return at;
  }

  private static boolean isMaybe(Form form) {
    return form instanceof MaybeChild || form instanceof Value.Maybe;
  }

  private static Form insideOf(Form form) {
    return switch (form) {
      case MaybeChild maybe -> maybe.inside();
      case Value.Maybe maybe -> maybe.inside();
      default -> form;
    };
  }

  private String text(int i) {
    return switch (steps.get(i)) {
      case Step.Name(String name) -> name;
      case Step.Key(String key) -> key;
      case Step.Index(int index) -> Integer.toString(index);
    };
  }

  private String shown(int i) {
    return Refused.shown(text(i));
  }

  /** The address of what is before a step. */
  private String where(int i) {
    return new Address(address.lineage(), OptionalLong.empty(), steps.subList(0, i)).toString();
  }
}
