package dev.parley.functions;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.entities.Entity;
import dev.parley.entities.Lineage;
import dev.parley.entities.Ref;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Works out the {@link Shape} of a Java type: records, texts, numbers, enums, lists and maps. */
final class Shapes {
  private static final Shape LINEAGE =
      new Shape.Characters(1, Lineage.MAX_LENGTH, "[0-9A-Za-z_-]+");

  /** Bears no annotations: what is not a component has no bounds. */
  private static final AnnotatedElement UNBOUNDED = Shapes.class;

  private final Set<Class<?>> underWay = new HashSet<>();

  private Shapes() {}

  /**
   * @throws IllegalArgumentException for a type that has no JSON shape, naming it
   */
  static Structure ofRecord(Class<?> type) {
    return new Shapes().structure(type);
  }

  /**
   * The shape of what a function answers with: all that a component can be, and Optional.
   *
   * @throws IllegalArgumentException for a type that has no JSON shape, naming it
   */
  static Shape ofOutput(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
        ? new Shape.Perhaps(new Shapes().of(insideOptional(generic), UNBOUNDED))
        : new Shapes().of(type, UNBOUNDED);
  }

  private Structure structure(Class<?> type) {
    if (type.isArray()) {
      throw refused(type, "an array can change behind everybody's back; use List");
    }
    if (type.getTypeParameters().length > 0) {
      throw refused(type, "it does not say of what");
    }
    if (!type.isRecord()) {
      throw refused(type, "it is neither a record nor a value of JSON");
    }
    if (!underWay.add(type)) {
      throw refused(type, "it contains itself");
    }
    Structure structure = new Structure(components(type));
    underWay.remove(type);
    return structure;
  }

  private Map<String, Structure.Component> components(Class<?> type) {
    Map<String, Structure.Component> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(component.getName(), named(component));
    }
    return components;
  }

  private Structure.Component named(RecordComponent component) {
    try {
      return component(component);
    } catch (IllegalArgumentException refused) {
      String where = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
      throw new IllegalArgumentException(where + ": " + refused.getMessage(), refused);
    }
  }

  private Structure.Component component(RecordComponent component) {
    boolean optional = isOptional(component.getType());
    boolean alwaysWritten = isAlwaysWritten(component);
    Type type = optional ? insideOptional(component.getGenericType()) : component.getGenericType();
    About about = component.getAnnotation(About.class);
    return new Structure.Component(
        of(type, component),
        !optional || alwaysWritten,
        optional && alwaysWritten,
        about == null ? "" : about.value());
  }

  private static boolean isOptional(Class<?> type) {
    return type == Optional.class || type == OptionalLong.class;
  }

  private static boolean isAlwaysWritten(RecordComponent component) {
    JsonInclude include = component.getAccessor().getAnnotation(JsonInclude.class);
    return include != null && include.value() == JsonInclude.Include.ALWAYS;
  }

  private static Type insideOptional(Type optional) {
    return switch (optional) {
      case ParameterizedType generic -> generic.getActualTypeArguments()[0];
      case Class<?> plain when plain == OptionalLong.class -> long.class;
      default -> throw refused(optional, "it does not say of what");
    };
  }

  private Shape of(Type type, AnnotatedElement bounds) {
    return switch (type) {
      case Class<?> plain -> ofClass(plain, bounds);
      case ParameterizedType generic -> ofGeneric(generic, bounds);
      case GenericArrayType array ->
          throw refused(type, "an array can change behind everybody's back; use List");
      default -> throw refused(type, "it must be known when the function is registered");
    };
  }

  private static IllegalArgumentException refused(Type type, String reason) {
    return new IllegalArgumentException(type.getTypeName() + " has no JSON shape: " + reason);
  }

  private Shape ofClass(Class<?> type, AnnotatedElement bounds) {
    if (type == String.class) {
      return characters(bounds.getAnnotation(Text.class));
    }
    if (type == long.class || type == Long.class) {
      return whole(bounds.getAnnotation(Range.class), Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == int.class || type == Integer.class) {
      return whole(bounds.getAnnotation(Range.class), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == double.class || type == Double.class) {
      return new Shape.Real();
    }
    if (type == boolean.class || type == Boolean.class) {
      return new Shape.Flag();
    }
    if (type == Instant.class) {
      return new Shape.Moment();
    }
    if (Entity.class.isAssignableFrom(type)) {
      return new Shape.Addressed();
    }
    if (type == Lineage.class) {
      return LINEAGE;
    }
    if (JsonNode.class.isAssignableFrom(type) || type == Object.class) {
      return new Shape.Anything();
    }
    return type.isEnum() ? choice(type) : structure(type);
  }

  private Shape ofGeneric(ParameterizedType type, AnnotatedElement bounds) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class || type.getRawType() == Set.class) {
      Size size = bounds.getAnnotation(Size.class);
      return new Shape.Several(
          of(arguments[0], bounds), size == null ? Integer.MAX_VALUE : size.max());
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      return new Shape.Dictionary(of(arguments[1], bounds));
    }
    if (type.getRawType() == Ref.class) {
      return LINEAGE;
    }
    throw refused(type, "of generic types only List, Set, Map by text and Ref have one here");
  }

  private static Shape characters(@Nullable Text bounds) {
    return bounds == null
        ? new Shape.Characters(0, Integer.MAX_VALUE, "")
        : new Shape.Characters(bounds.min(), bounds.max(), bounds.pattern());
  }

  /** Never beyond what the type can hold, so that whatever passes the check can be bound. */
  private static Shape whole(@Nullable Range bounds, long least, long most) {
    return bounds == null
        ? new Shape.Whole(least, most)
        : new Shape.Whole(Math.max(bounds.min(), least), Math.min(bounds.max(), most));
  }

  private static Shape choice(Class<?> type) {
    return new Shape.Choice(
        Stream.of(type.getEnumConstants())
            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
            .toList());
  }
}
