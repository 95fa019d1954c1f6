package dev.parley.functions;

import dev.parley.entities.Address;
import dev.parley.entities.Entity;
import dev.parley.entities.Refused;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes down, for one call, where attributes of its results came from. */
public final class Origins {
  private record Told(Entity output, String property, Execution.Source source) {}

  private final List<Told> told = new ArrayList<>(0);

  Origins() {}

  /**
   * A property of an output came from a property of an entity.
   *
   * @throws Refused if one of them has no such property
   */
  public Origins from(Entity output, String property, Entity source, String sourceProperty) {
    Address address = Inputs.address(source).then(component(source, sourceProperty));
    return add(output, property, new Execution.Source.OfEntity(address));
  }

  /**
   * A property of an output came from what an address leads to.
   *
   * @throws Refused if the output has no such property
   */
  public Origins from(Entity output, String property, Address source) {
    return add(output, property, new Execution.Source.OfEntity(source));
  }

  /**
   * A property of an output came from a component of the function's input.
   *
   * @throws Refused if one of them has no such component
   */
  public Origins fromInput(Entity output, String property, Record input, String component) {
    String name = component(input, component).name();
    return add(output, property, new Execution.Source.OfInput(name));
  }

  private Origins add(Entity output, String property, Execution.Source source) {
    told.add(new Told(output, component(output, property).name(), source));
    return this;
  }

  private static Address.Step.Name component(Object bearer, String name) {
    RecordComponent[] components = bearer.getClass().getRecordComponents();
    if (Arrays.stream(components).noneMatch(c -> c.getName().equals(name))) {
      throw new Refused(
          bearer.getClass().getSimpleName()
              + " has no component "
              + name
              + "; it has "
              + Arrays.stream(components)
                  .map(RecordComponent::getName)
                  .collect(Collectors.joining(", ")));
    }
    return new Address.Step.Name(name);
  }

  /** What was told, of the outputs as they were kept. */
  List<Execution.Origin> of(Function<Entity, Entity> kept) {
    return told.stream()
        .map(t ->
            new Execution.Origin(
                Inputs.address(kept.apply(t.output())).then(new Address.Step.Name(t.property())),
                t.source()))
        .toList();
  }
}
