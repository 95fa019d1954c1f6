package dev.parley.history;

import static dev.parley.functions.Function.named;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.entities.Diff;
import dev.parley.entities.Entity;
import dev.parley.entities.Lineage;
import dev.parley.entities.Repository;
import dev.parley.entities.Revision;
import dev.parley.entities.Version;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Registry;
import dev.parley.functions.Text;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import dev.parley.wire.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The history of everything that has one: who may see a thing may see how it became so. */
public final class History {
  /** The greatest whole number that every JSON reader keeps exactly. */
  private static final long MAX_VERSION = 9_007_199_254_740_991L;

  private final Repository repository;
  private final Keeping keeping;
  private final Actors actors;
  private final List<Subject<?>> subjects;

  public History(Store store, Keeping keeping, List<Subject<?>> subjects) {
    this.repository = keeping.repository();
    this.keeping = keeping;
    this.actors = new Actors(store);
    this.subjects = List.copyOf(subjects);
  }

  record ListVersions(
      @About("of a project, a room or a persona") @Text(min = 1, max = 40) String id,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor) {}

  /**
   * One version, and which call made it.
   *
   * @param by absent for what was there before there were versions
   */
  record Item(
      long version,
      Instant at,
      Revision.Act act,
      Optional<String> function,
      Optional<String> call,
      Optional<Actor> by,
      Optional<Actor> onBehalfOf) {}

  record Several(List<Item> items, Optional<String> next) {}

  record Compare(
      @Text(min = 1, max = 40) String id,
      @Range(min = 1, max = MAX_VERSION) long from,
      @About("the newest, if absent") @Range(min = 1, max = MAX_VERSION) Optional<Long> to) {}

  record Compared(List<Difference> changes, String text) {}

  record Look(
      @Text(min = 1, max = 40) String id,
      @About("the newest, if neither this nor at is there") @Range(min = 1, max = MAX_VERSION)
          Optional<Long> version,
      @About("what was the newest then") Optional<Instant> at) {}

  record Seen(long version, Instant at, JsonNode value) {}

  record Restore(
      @Text(min = 1, max = 40) String id, @Range(min = 1, max = MAX_VERSION) long version) {}

  record Restored(@About("the newest now") long version) {}

  /** Registers the functions. */
  public void register(Registry<Call> registry) {
    registry.add(
        named("history.list", ListVersions.class, Several.class)
            .described("List versions", "The versions of a project, room or persona, newest first.")
            .readOnly()
            .with(Permission.READ, Route.get("/history/{id}"))
            .handledBy(this::list));
    registry.add(
        named("history.diff", Compare.class, Compared.class)
            .described("Compare versions", "What differs between two versions, value by value.")
            .readOnly()
            .with(Permission.READ, Route.get("/history/{id}/diff"))
            .handledBy(this::diff));
    registry.add(
        named("history.asOf", Look.class, Seen.class)
            .described("Look back", "A thing as it was at a version or at a time.")
            .readOnly()
            .with(Permission.READ, Route.get("/history/{id}/at"))
            .handledBy(this::asOf));
    registry.add(
        named("history.restore", Restore.class, Restored.class)
            .described(
                "Bring a version back",
                "Makes a new version that equals an old one; the ones between stay.")
            .idempotent()
            .with(Permission.WRITE, Route.post("/history/{id}/restore"))
            .handledBy(this::restore));
  }

  private Several list(Call call, ListVersions input) {
    Lineage lineage = found(call, input.id()).lineage();
    Paging paging = Paging.of(input.limit(), input.cursor(), "history.list", input.id());
    Page<Revision> page =
        paging.page(
            repository.history(lineage, paging.before(), paging.oneMore()),
            revision -> Long.toString(revision.stamp().version()));
    Map<String, Actor> names = actors.of(page.items());
    return new Several(
        page.items().stream().map(revision -> item(revision, names)).toList(), page.next());
  }

  private static Item item(Revision revision, Map<String, Actor> names) {
    var cause = revision.stamp().cause();
    return new Item(
        revision.stamp().version(),
        revision.stamp().at(),
        revision.act(),
        Optional.of(cause.function()).filter(name -> !name.isEmpty()),
        Optional.of(cause.call()).filter(id -> !id.isEmpty()),
        Optional.ofNullable(names.get(cause.actor())),
        cause.onBehalfOf().map(names::get));
  }

  private Compared diff(Call call, Compare input) {
    Entity newest = found(call, input.id());
    Entity from = version(newest, "from", input.from()).root();
    Entity to =
        input.to().<Entity>map(number -> version(newest, "to", number).root()).orElse(newest);
    List<Difference> changes = Difference.of(Diff.between(from, to));
    return new Compared(changes, Difference.text(changes));
  }

  private Seen asOf(Call call, Look input) {
    if (input.version().isPresent() && input.at().isPresent()) {
      throw new InvalidInput("at", "cannot be given together with version");
    }
    Entity newest = found(call, input.id());
    Version<?> seen =
        input
            .at()
            .<Version<?>>map(moment -> at(newest, moment))
            .orElseGet(
                () -> version(newest, "version", input.version().orElse(newest.id().version())));
    return new Seen(seen.number(), seen.stamp().at(), Difference.json(seen.root()));
  }

  private Version<?> at(Entity thing, Instant moment) {
    long number =
        repository.asOf(thing.lineage(), moment).map(one -> one.id().version()).orElse(0L);
    return version(thing, "at", number);
  }

  /**
   * @throws Refusal {@code not_found}, naming the field that names the version
   */
  private Version<?> version(Entity thing, String field, long number) {
    return repository.versions(thing.lineage(), number + 1, 1).stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .orElseThrow(() ->
            new Refusal(ErrorCode.NOT_FOUND, "There is no such version", Map.of("field", field)));
  }

  private Restored restore(Call call, Restore input) {
    restore(call, input, subject(call, input.id()));
    return new Restored(found(call, input.id()).id().version());
  }

  private <T extends Entity> void restore(Call call, Restore input, Subject<T> subject) {
    Entity newest = found(call, input.id(), subject);
    Entity old = version(newest, "version", input.version()).root();
    call.caller().all().forEach(one -> subject.requireChangeable(one, input.id()));
    subject.restore(call, subject.type().cast(old));
  }

  private Entity found(Call call, String id) {
    return found(call, id, subject(call, id));
  }

  private <T extends Entity> T found(Call call, String id, Subject<T> subject) {
    return keeping.newest(subject.visible(call.caller(), id).orElseThrow(History::nothing));
  }

  /** What is visible to the caller, and to whomever it acts for. */
  private Subject<?> subject(Call call, String id) {
    return subjects.stream()
        .filter(subject -> isVisible(subject, call.caller(), id))
        .findFirst()
        .orElseThrow(History::nothing);
  }

  private static boolean isVisible(Subject<?> subject, Caller caller, String id) {
    return caller.all().stream().allMatch(one -> subject.visible(one, id).isPresent());
  }

  private static Refusal nothing() {
    return Refusal.notFound("project, room or persona");
  }
}
