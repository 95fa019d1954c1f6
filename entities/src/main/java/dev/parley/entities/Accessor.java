package dev.parley.entities;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Names a component by its accessor: {@code Grid::nodes}. */
@FunctionalInterface
public interface Accessor<T, V> extends Function<T, V>, Serializable {

  /**
   * The name of the component; found out once for each place in a program.
   *
   * @throws Refused if this is a lambda expression, which has no name
   */
  static String nameOf(Accessor<?, ?> accessor) {
    if (accessor == null) {
      throw new Refused("a component is null: name it by its accessor, as in Grid::nodes");
    }
    AtomicReference<String> known = Names.KNOWN.get(accessor.getClass());
    String name = known.get();
    if (name == null) {
      name = Names.find(accessor);
      known.set(name);
    }
    return name;
  }

  /** The names by the class that the compiler makes of each method reference. */
  final class Names {
    private static final ClassValue<AtomicReference<String>> KNOWN =
        new ClassValue<>() {
          @Override
          protected AtomicReference<String> computeValue(Class<?> type) {
            return new AtomicReference<>();
          }
        };

    private Names() {}

    private static String find(Accessor<?, ?> accessor) {
      String name = implementation(accessor);
      if (name.contains("$")) {
        throw unnamed();
      }
      return name;
    }

    private static String implementation(Accessor<?, ?> accessor) {
      try {
        Method replacement = accessor.getClass().getDeclaredMethod("writeReplace");
        replacement.setAccessible(true);
        return ((SerializedLambda) replacement.invoke(accessor)).getImplMethodName();
      } catch (ReflectiveOperationException | ClassCastException e) {
        throw unnamed();
      }
    }

    private static Refused unnamed() {
      return new Refused(
          "a component must be named by its accessor, as in Grid::nodes, or by a string");
    }
  }
}
