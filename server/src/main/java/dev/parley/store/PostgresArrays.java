package dev.parley.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of several changes as the arrays that the function {@code commit_changes} takes. */
final class PostgresArrays {
  private final Map<String, Integer> texts = new LinkedHashMap<>();
  private final List<Integer> changes = new ArrayList<>();
  private final List<Integer> chosen = new ArrayList<>();
  private final List<@Nullable String> guards = new ArrayList<>();
  private final List<Boolean> numbers = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private final List<@Nullable String> arguments = new ArrayList<>();
  private int size;

  /** Adds one more change. */
  void add(List<PostgresStep> steps) {
    size++;
    steps.forEach(this::add);
  }

  private void add(PostgresStep step) {
    changes.add(size);
    chosen.add(texts.computeIfAbsent(step.text(), text -> texts.size() + 1));
    guards.add(step.guard().orElse(null));
    numbers.add(step.numbers());
    arguments.addAll(step.arguments());
    ends.add(arguments.size());
  }

  /** Sets the parameters of a call, in the order of the function's. */
  void bind(PreparedStatement call) throws SQLException {
    call.setInt(1, size);
    call.setObject(2, changes.toArray(Integer[]::new));
    call.setObject(3, texts.keySet().toArray(String[]::new));
    call.setObject(4, chosen.toArray(Integer[]::new));
    call.setObject(5, guards.toArray(String[]::new));
    call.setObject(6, numbers.toArray(Boolean[]::new));
    call.setObject(7, ends.toArray(Integer[]::new));
    call.setObject(8, arguments.toArray(String[]::new));
  }
}
