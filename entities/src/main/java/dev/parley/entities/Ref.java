package dev.parley.entities;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A reference to an entity that is owned elsewhere: a value, by lineage. What it points at is found
 * by asking a repository.
 *
 * @param <T> the type of the entity that is meant
 */
public record Ref<T extends Entity>(@JsonValue Lineage lineage) {
  @JsonCreator
  public Ref {}

  public static <T extends Entity> Ref<T> to(T entity) {
    return new Ref<>(entity.lineage());
  }
}
