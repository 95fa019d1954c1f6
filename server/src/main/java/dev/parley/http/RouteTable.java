package dev.parley.http;

import dev.parley.calls.Call;
import dev.parley.calls.Mark;
import dev.parley.calls.Route;
import dev.parley.functions.Registered;
import dev.parley.functions.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the function of a method and a path. Built once from the registry. */
final class RouteTable {
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Route route, List<String> segments, Registered<Call> function) {}

  /** A function with the parameters that its path holds. */
  record Match(Route route, Registered<Call> function, Map<String, String> parameters) {}

  /**
   * @throws IllegalArgumentException if two functions have the same route
   */
  RouteTable(Registry<Call> registry) {
    Map<String, String> names = new HashMap<>();
    for (Registered<Call> function : registry.all()) {
      if (!function.function().attributes().contains(Mark.SOCKET_ONLY)) {
        function.function().attribute(Route.class).ifPresent(route -> add(route, function, names));
      }
    }
  }

  /**
   * @param names of the functions that were added, by what their routes match
   */
  private void add(Route route, Registered<Call> function, Map<String, String> names) {
    String other = names.putIfAbsent(pattern(route), function.name());
    if (other != null) {
      throw new IllegalArgumentException(
          function.name() + " and " + other + " have the same route");
    }
    entries.add(new Entry(route, segments(route.path()), function));
  }

  /** What a route matches, whatever its parameters are called. */
  private static String pattern(Route route) {
    return route.method() + " " + route.path().replaceAll("\\{[^}]*}", "{}");
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** The function of a request; a literal segment wins over a parameter. */
  Optional<Match> find(String method, String path) {
    List<String> wanted = segments(path);
    Optional<Match> byParameter = Optional.empty();
    for (Entry entry : entries) {
      if (entry.route().method().equals(method)) {
        Optional<Map<String, String>> parameters = match(entry.segments(), wanted);
        if (parameters.isPresent()) {
          Match match = new Match(entry.route(), entry.function(), parameters.get());
          if (parameters.get().isEmpty()) {
            return Optional.of(match);
          }
          byParameter = byParameter.isPresent() ? byParameter : Optional.of(match);
        }
      }
    }
    return byParameter;
  }

  /** The methods that a path knows. */
  Set<String> methods(String path) {
    List<String> wanted = segments(path);
    Set<String> methods = new TreeSet<>();
    entries.stream()
        .filter(entry -> match(entry.segments(), wanted).isPresent())
        .forEach(entry -> methods.add(entry.route().method()));
    return methods;
  }

  private static Optional<Map<String, String>> match(List<String> pattern, List<String> wanted) {
    if (pattern.size() != wanted.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String segment = pattern.get(i);
      if (segment.startsWith("{")) {
        parameters.put(segment.substring(1, segment.length() - 1), wanted.get(i));
      } else if (!segment.equals(wanted.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }
}
