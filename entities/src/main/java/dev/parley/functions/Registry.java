package dev.parley.functions;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All functions of a process by name. Filled while the process is put together, only read after.
 *
 * @param <C> the context that every call carries
 */
public final class Registry<C> {
  private final SortedMap<String, Registered<C>> functions = new TreeMap<>();

  /**
   * Registers a function and resolves the way of its calls.
   *
   * @throws IllegalArgumentException if the name is taken or a type has no JSON shape
   */
  public void add(Function<C, ?, ?> function) {
    if (functions.containsKey(function.name())) {
      throw new IllegalArgumentException(function.name() + " is already registered");
    }
    functions.put(function.name(), resolved(function));
  }

  private static <C> Registered<C> resolved(Function<C, ?, ?> function) {
    try {
      return new Registered<>(function);
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          function.name() + " cannot be registered: " + unusable.getMessage(), unusable);
    }
  }

  public Optional<Registered<C>> find(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /** All functions, by name. */
  public Collection<Registered<C>> all() {
    return Collections.unmodifiableCollection(functions.values());
  }
}
