package dev.parley.entities;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One entity that is being edited. Its contents are what they are to become, but for the children
 * that are being edited themselves: those are put in when somebody looks.
 */
final class DraftNode {
  /** What all nodes of one draft have in common. */
  static final class Session {
    private boolean built;
  }

  private final Session session;
  private final @Nullable DraftNode owner;
  private final @Nullable Property through;
  private List<Object> steps;
  private final Entity original;
  private final Kind kind;
  private final Object[] base;
  private final Object[] contents;
  private final Map<Integer, Map<Lineage, DraftNode>> children = new LinkedHashMap<>();
  private final Draft<?> draft;
  private boolean ended;
  private Entity result;

  DraftNode(Entity original) {
    this(original, new Session(), null, null, List.of());
  }

  private DraftNode(
      Entity original,
      Session session,
      @Nullable DraftNode owner,
      @Nullable Property through,
      List<Object> steps) {
    this.original = original;
    this.result = original;
    this.session = session;
    this.owner = owner;
    this.through = through;
    this.steps = steps;
    this.kind = Kind.of(original);
    this.base = kind.read(original);
    for (Property property : kind.owned()) {
      base[property.index()] = property.form().freeze(base[property.index()]);
    }
    this.contents = base.clone();
    this.draft = new Draft<>(this);
  }

  /** The draft that programs see, always the same. */
  Draft<?> draft() {
    return draft;
  }

  Entity original() {
    return original;
  }

  boolean isRoot() {
    return owner == null;
  }

  /**
   * @throws Refused if the draft was built, or this entity was taken out of it
   */
  void requireOpen() {
    if (session.built) {
      throw new Refused("the draft of " + original.id() + " was built; start another one");
    }
    if (ended) {
      throw new Refused(original.id() + " was taken out or replaced in its draft");
    }
  }

  Property property(String name) {
    requireOpen();
    return kind.property(name)
        .filter(property -> property.type() != Identity.class)
        .orElseThrow(() ->
            new Refused(
                kind.type().getSimpleName()
                    + " has no component "
                    + Refused.shown(name)
                    + "; "
                    + Nearest.to(name, kind.names())));
  }

  String where(Property property) {
    return "@" + original.lineage() + "." + property.name();
  }

  /** The contents without what is edited below. */
  Object raw(Property property) {
    return contents[property.index()];
  }

  /** The contents as they would be built now. */
  Object read(Property property) {
    requireOpen();
    Collection<DraftNode> below = below(property);
    below.forEach(DraftNode::now);
    return with(below, property);
  }

  /** Other contents as a whole; drafts of what was there end. */
  void write(Property property, Object given) {
    requireOpen();
    Fit.require(property.form(), given, where(property));
    List.copyOf(below(property)).forEach(DraftNode::end);
    children.remove(property.index());
    Object before = base[property.index()];
    contents[property.index()] =
        property.form() instanceof Owned form
            ? form.rebase(before, given)
            : property.form().freeze(given);
  }

  /** Other contents; what is edited below stays so. */
  void edit(Property property, Object edited) {
    contents[property.index()] = edited;
  }

  /** Ends the drafts of an element, or of what is in it. */
  void end(Property property, Form inside, Object element) {
    Map<Lineage, DraftNode> open = children.get(property.index());
    if (open != null && inside instanceof Owned form) {
      form.each(
          element,
          List.of(),
          (way, child) ->
              Optional.ofNullable(open.remove(child.lineage())).ifPresent(DraftNode::end));
    }
  }

  private void end() {
    for (DraftNode node : withAllBelow()) {
      node.ended = true;
    }
  }

  /** An element as it would be built now. */
  Object current(Property property, Object element) {
    if (element instanceof Entity child) {
      DraftNode node = children.getOrDefault(property.index(), Map.of()).get(child.lineage());
      return node == null ? child : node.now();
    }
    return element;
  }

  /**
   * A child to be edited.
   *
   * @throws Refused if there is none
   */
  DraftNode child(Property property, List<Object> way) {
    requireOpen();
    if (!(property.form() instanceof Owned form)) {
      throw new Refused(where(property) + " holds no entities; it is set as a whole");
    }
    Entity child = Children.require(form, raw(property), way, where(property));
    return children
        .computeIfAbsent(property.index(), _ -> new HashMap<>())
        .computeIfAbsent(child.lineage(), _ -> new DraftNode(child, session, this, property, way));
  }

  private Collection<DraftNode> below(Property property) {
    return children.getOrDefault(property.index(), Map.of()).values();
  }

  /** This and every node below that is edited, owners first. */
  private List<DraftNode> withAllBelow() {
    List<DraftNode> all = new ArrayList<>();
    Deque<DraftNode> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      DraftNode next = open.pop();
      all.add(next);
      next.children.values().forEach(some -> open.addAll(some.values()));
    }
    return all;
  }

  /** The entity as it would be built now: the original if nothing differs. */
  Entity now() {
    withAllBelow().reversed().forEach(node -> node.result = node.assembled());
    return result;
  }

  /** The entity, and the end of the whole draft. */
  Entity build() {
    requireOpen();
    if (!isRoot()) {
      throw new Refused(original.id() + " is built with its root");
    }
    Entity built = now();
    session.built = true;
    return built;
  }

  private Entity assembled() {
    Object[] made = new Object[contents.length];
    boolean same = true;
    for (Property property : kind.properties()) {
      int i = property.index();
      made[i] = settled(property, with(below(property), property));
      same &= made[i] == base[i];
    }
    return same ? original : kind.make(original.id(), made);
  }

  private Object with(Collection<DraftNode> below, Property property) {
    Object now = raw(property);
    if (!below.isEmpty()) {
      locate(property);
    }
    for (DraftNode child : below) {
      if (child.result != child.original) {
        now = ((Owned) property.form()).replace(now, child.steps, child.result);
      }
    }
    return now;
  }

  /** The old contents if the new ones are the same. */
  private Object settled(Property property, Object now) {
    Object before = base[property.index()];
    if (now == before) {
      return before;
    }
    boolean same =
        property.form() instanceof Owned form
            ? Children.isSame(form, before, now)
            : before.equals(now);
    return same ? before : now;
  }

  /** Finds children again that the container has elsewhere since it was edited: in one pass. */
  private void locate(Property property) {
    Owned form = (Owned) property.form();
    Object now = raw(property);
    Map<Lineage, DraftNode> lost = new HashMap<>();
    for (DraftNode child : below(property)) {
      Entity there = form.child(now, child.steps);
      if (there == null || !there.lineage().equals(child.original.lineage())) {
        lost.put(child.original.lineage(), child);
      }
    }
    if (!lost.isEmpty()) {
      form.each(
          now,
          List.of(),
          (way, child) ->
              Optional.ofNullable(lost.get(child.lineage())).ifPresent(node -> node.steps = way));
    }
  }

  /** The components that differ from what they were, by their addresses from the root. */
  List<Address> touched() {
    List<Address> touched = new ArrayList<>();
    for (DraftNode node : withAllBelow()) {
      for (Property property : node.kind.properties()) {
        if (node.settled(property, node.raw(property)) != node.base[property.index()]) {
          touched.add(node.address().then(new Address.Step.Name(property.name())));
        }
      }
    }
    return touched;
  }

  private Address address() {
    List<Address.Step> path = new ArrayList<>();
    DraftNode node = this;
    while (node.owner != null && node.through != null) {
      node.owner.locate(node.through);
      node.steps.reversed().forEach(step -> path.add(Address.stepOf(step)));
      path.add(new Address.Step.Name(node.through.name()));
      node = node.owner;
    }
    return new Address(node.original.lineage(), OptionalLong.empty(), List.copyOf(path.reversed()));
  }
}
