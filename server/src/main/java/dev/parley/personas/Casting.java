package dev.parley.personas;

import dev.parley.calls.Call;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.wire.Actor;
import dev.parley.wire.Ids;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes, shows and changes personas, and turns them into cards and back. */
final class Casting {
  private static final String HANDLE = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";

  private final Cast cast;
  private final CastChanges changes;
  private final Ids ids;
  private final Set<String> brains;
  private final String usualBrain;

  Casting(Cast cast, CastChanges changes, Ids ids, Set<String> brains, String usualBrain) {
    this.cast = cast;
    this.changes = changes;
    this.ids = ids;
    this.brains = brains;
    this.usualBrain = usualBrain;
  }

  /** A persona as lists show it. */
  record Listed(
      String id, Actor.Kind kind, String name, Optional<String> displayName, String description) {}

  /** A persona whole. */
  record Whole(
      String id,
      Actor.Kind kind,
      String name,
      Optional<String> displayName,
      String description,
      List<String> traits,
      Map<String, Integer> interests,
      Optional<String> speakingStyle,
      String rank,
      int charisma,
      int intelligence,
      String brain,
      Optional<String> model,
      List<String> functions,
      PersonaSettings.Visibility visibility,
      long version) {}

  record ListPersonas(
      @About("only those that are called or displayed so, whatever the case")
          @Text(min = 1, max = 64)
          Optional<String> name,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor) {}

  record Several(List<Listed> items, Optional<String> next) {}

  record ById(@Text(min = 1, max = 40) String id) {}

  record One(Whole persona) {}

  record Create(
      @About("the handle that it is mentioned by; unique whatever its case, for good")
          @Text(min = 1, max = 64, pattern = HANDLE)
          String name,
      @Text(max = Limits.DISPLAY_NAME) Optional<String> displayName,
      @Text(max = Limits.DESCRIPTION) Optional<String> description,
      @Size(max = Limits.TRAITS) @Text(min = 1, max = Limits.TRAIT) Optional<List<String>> traits,
      @About("topics, each with how much it interests: 0 to 100") @Range(min = 0, max = 100)
          Optional<Map<String, Integer>> interests,
      @Text(max = Limits.STYLE) Optional<String> speakingStyle,
      @Text(min = 1, max = Limits.RANK) Optional<String> rank,
      @Range(min = 1, max = Limits.SCORE) Optional<Integer> charisma,
      @Range(min = 1, max = Limits.SCORE) Optional<Integer> intelligence,
      @About("what answers for it") @Text(min = 1, max = Limits.BRAIN) Optional<String> brain,
      @About("the model that its brain should use") @Text(max = Limits.MODEL)
          Optional<String> model,
      @About("what it may call; empty for all that only reads")
          @Size(max = Limits.FUNCTIONS)
          @Text(min = 1, max = Limits.FUNCTION)
          Optional<List<String>> functions,
      @About("private: only its owner and administrators see and address it")
          Optional<PersonaSettings.Visibility> visibility) {
    Sketch sketch() {
      return new Sketch(
          displayName,
          description,
          traits,
          interests,
          speakingStyle,
          rank,
          charisma,
          intelligence,
          brain,
          model,
          functions,
          visibility);
    }
  }

  record Edit(
      @Text(min = 1, max = 40) String id,
      @About("empty to have none") @Text(max = Limits.DISPLAY_NAME) Optional<String> displayName,
      @Text(max = Limits.DESCRIPTION) Optional<String> description,
      @Size(max = Limits.TRAITS) @Text(min = 1, max = Limits.TRAIT) Optional<List<String>> traits,
      @About("topics, each with how much it interests: 0 to 100") @Range(min = 0, max = 100)
          Optional<Map<String, Integer>> interests,
      @About("empty to have none") @Text(max = Limits.STYLE) Optional<String> speakingStyle,
      @Text(min = 1, max = Limits.RANK) Optional<String> rank,
      @Range(min = 1, max = Limits.SCORE) Optional<Integer> charisma,
      @Range(min = 1, max = Limits.SCORE) Optional<Integer> intelligence,
      @About("what answers for it") @Text(min = 1, max = Limits.BRAIN) Optional<String> brain,
      @About("empty to have none") @Text(max = Limits.MODEL) Optional<String> model,
      @Size(max = Limits.FUNCTIONS) @Text(min = 1, max = Limits.FUNCTION)
          Optional<List<String>> functions,
      Optional<PersonaSettings.Visibility> visibility) {
    Sketch sketch() {
      return new Sketch(
          displayName,
          description,
          traits,
          interests,
          speakingStyle,
          rank,
          charisma,
          intelligence,
          brain,
          model,
          functions,
          visibility);
    }
  }

  record Clone(
      @Text(min = 1, max = 40) String id,
      @About("the handle of the new one") @Text(min = 1, max = 64, pattern = HANDLE) String name) {}

  record Carded(ObjectNode card) {}

  record Import(
      @About("a character card, version 2") JsonNode card,
      @About("the handle; made of the card's name if absent")
          @Text(min = 1, max = 64, pattern = HANDLE)
          Optional<String> name) {}

  Several list(Call call, ListPersonas input) {
    Paging paging = Paging.of(input.limit(), input.cursor(), "personas.list", input.name());
    List<Listed> oneMore =
        cast.after(call.caller(), input.name(), paging.after(), paging.oneMore()).stream()
            .map(row -> listed(row.settings()))
            .toList();
    Page<Listed> page = paging.page(oneMore, Listed::id);
    return new Several(page.items(), page.next());
  }

  private static Listed listed(PersonaSettings persona) {
    return new Listed(
        persona.lineage().value(),
        Actor.Kind.PERSONA,
        persona.name(),
        persona.displayName(),
        persona.description());
  }

  One get(Call call, ById input) {
    return one(cast.newest(cast.seen(call.caller(), input.id())));
  }

  One create(Call call, Create input) {
    return one(made(call, input.name(), input.sketch()));
  }

  private PersonaSettings made(Call call, String name, Sketch sketch) {
    PersonaSettings bare =
        PersonaSettings.of(
            ids.next(), name, Optional.empty(), usualBrain, "", PersonaSettings.Visibility.PUBLIC);
    return changes.create(call, bare.with(checked(sketch)));
  }

  private Sketch checked(Sketch sketch) {
    if (!brains.containsAll(sketch.brain().stream().toList())) {
      throw new InvalidInput(
          "brain", "must be one of " + brains.stream().sorted().collect(Collectors.joining(", ")));
    }
    return sketch.checked();
  }

  One edit(Call call, Edit input) {
    Sketch sketch = checked(input.sketch());
    return one(changes.change(call, input.id(), now -> now.with(sketch)));
  }

  One copy(Call call, Clone input) {
    PersonaSettings original = cast.newest(cast.seen(call.caller(), input.id()));
    return one(made(call, input.name(), original.sketch()));
  }

  Carded export(Call call, ById input) {
    return new Carded(Card.of(cast.newest(cast.seen(call.caller(), input.id()))));
  }

  One read(Call call, Import input) {
    Sketch sketch = Card.sketch(input.card());
    return one(made(call, input.name().orElseGet(() -> Card.handle(input.card())), sketch));
  }

  private static One one(PersonaSettings persona) {
    return new One(
        new Whole(
            persona.lineage().value(),
            Actor.Kind.PERSONA,
            persona.name(),
            persona.displayName(),
            persona.description(),
            persona.traits(),
            persona.interests(),
            persona.speakingStyle(),
            persona.rank(),
            persona.charisma(),
            persona.intelligence(),
            persona.brain(),
            persona.model(),
            persona.functions(),
            persona.visibility(),
            persona.id().version()));
  }
}
