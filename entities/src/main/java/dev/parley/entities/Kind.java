package dev.parley.entities;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The structure of a record class, worked out once: its components, and how to make another. */
final class Kind {
  private static final ClassValue<Kind> KINDS =
      new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
          return new Kind(type);
        }
      };

  private final Class<?> type;
  private final List<Property> properties;
  private final List<Property> owned;
  private final List<Property> values;
  private final MethodHandle constructor;
  private final int identity;

  private Kind(Class<?> type) {
    if (!type.isRecord()) {
      throw new Refused(type.getName() + " is not a record");
    }
    this.type = type;
    this.properties = propertiesOf(type);
    this.owned = properties.stream().filter(p -> p.form() instanceof Owned).toList();
    this.identity = identityAmong(properties);
    this.values =
        properties.stream()
            .filter(p -> p.form() instanceof Value && p.index() != identity)
            .toList();
    this.constructor = constructorOf(type);
    requireIdentityOfEntities();
  }

  /**
   * @throws Refused if the class can be no entity and no value, saying which component is why
   */
  static Kind of(Class<?> type) {
    return KINDS.get(type);
  }

  static Kind of(Entity entity) {
    return KINDS.get(entity.getClass());
  }

  Class<?> type() {
    return type;
  }

  List<Property> properties() {
    return properties;
  }

  /** Components that hold entities. */
  List<Property> owned() {
    return owned;
  }

  /** All other components but the identity. */
  List<Property> values() {
    return values;
  }

  /** The names of all components but the identity. */
  List<String> names() {
    return properties.stream()
        .filter(property -> property.index() != identity)
        .map(Property::name)
        .toList();
  }

  Optional<Property> property(String name) {
    return properties.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /** All components of a record, in order. */
  Object[] read(Object bearer) {
    Object[] contents = new Object[properties.size()];
    for (Property property : properties) {
      contents[property.index()] = property.of(bearer);
    }
    return contents;
  }

  /** Another version of an entity. */
  Entity make(Identity id, Object[] contents) {
    contents[identity] = id;
    return (Entity) construct(contents);
  }

  /** The record with another content of one component. */
  Object with(Object bearer, Property property, Object other) {
    Object[] contents = read(bearer);
    contents[property.index()] = other;
    return construct(contents);
  }

  /** A record of values whose components are frozen; the record itself if they were. */
  Object freeze(Object bearer) {
    Object[] contents = read(bearer);
    boolean same = true;
    for (Property property : properties) {
      Object frozen = property.form().freeze(contents[property.index()]);
      same &= frozen == contents[property.index()];
      contents[property.index()] = frozen;
    }
    return same ? bearer : construct(contents);
  }

  private Object construct(Object[] contents) {
    try {
      return (Object) constructor.invokeExact(contents);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(type.getName() + " could not be made", e);
    }
  }

  private static List<Property> propertiesOf(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Property[] properties = new Property[components.length];
    for (int i = 0; i < components.length; i++) {
      properties[i] = property(type, components[i], i);
    }
    return List.of(properties);
  }

  private static Property property(Class<?> type, RecordComponent component, int index) {
    Was was = component.getAnnotation(Was.class);
    Default absent = component.getAnnotation(Default.class);
    return new Property(
        component.getName(),
        index,
        Forms.of(component, Entity.class.isAssignableFrom(type)),
        was == null ? List.of() : List.of(was.value()),
        absent == null ? Optional.empty() : Optional.of(absent.value()),
        component.getGenericType(),
        accessorOf(component));
  }

  private static int identityAmong(List<Property> properties) {
    return properties.stream()
        .filter(p -> p.type() == Identity.class && p.name().equals("id"))
        .mapToInt(Property::index)
        .findFirst()
        .orElse(-1);
  }

  private void requireIdentityOfEntities() {
    if (Entity.class.isAssignableFrom(type) && identity < 0) {
      throw new Refused(type.getName() + " lacks the component \"Identity id\" of an entity");
    }
    if (!Entity.class.isAssignableFrom(type) && identity >= 0) {
      throw new Refused(type.getName() + " bears an Identity but does not implement Entity");
    }
    properties.stream()
        .filter(p -> p.type() == Identity.class && p.index() != identity)
        .forEach(p -> {
          throw new Refused(
              type.getName() + "." + p.name() + " is an Identity; whom else it means tells a Ref");
        });
  }

  private static MethodHandle accessorOf(RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return MethodHandles.lookup()
          .unreflect(component.getAccessor())
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException | RuntimeException e) {
      throw new Refused(component + " cannot be read: " + e.getMessage());
    }
  }

  private static MethodHandle constructorOf(Class<?> type) {
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
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new Refused(type.getName() + " cannot be made: " + e.getMessage());
    }
  }
}
