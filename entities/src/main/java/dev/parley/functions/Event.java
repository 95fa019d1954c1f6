package dev.parley.functions;

import dev.parley.entities.Commit;
import dev.parley.entities.Diff;
import dev.parley.entities.Entity;
import dev.parley.entities.Lineage;
import dev.parley.entities.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened: to a call, or to an entity by a commit. */
public sealed interface Event {

  /** Whether it is about an entity: one that changed, or an input or output of a call. */
  boolean concerns(Lineage lineage);

  /** What happened to a call. */
  sealed interface OfCall extends Event {
    /** The id of the call. */
    String call();

    String function();
  }

  /** A call began. */
  record Started(String call, String function, Caller caller, Instant at) implements OfCall {
    @Override
    public boolean concerns(Lineage lineage) {
      return false;
    }
  }

  /** A call was done; what it changed is committed and was told before. */
  record Completed(Execution execution) implements OfCall {
    @Override
    public String call() {
      return execution.id();
    }

    @Override
    public String function() {
      return execution.function();
    }

    @Override
    public boolean concerns(Lineage lineage) {
      return execution.concerns(lineage);
    }
  }

  /** A call failed and changed nothing. */
  record Failed(Execution execution) implements OfCall {
    @Override
    public String call() {
      return execution.id();
    }

    @Override
    public String function() {
      return execution.function();
    }

    @Override
    public boolean concerns(Lineage lineage) {
      return execution.concerns(lineage);
    }
  }

  /** What a commit did to one entity. */
  sealed interface OfEntity extends Event {
    /** What happened: when, by which call, and where the entity is since. */
    Revision revision();

    /** All that happened with it. */
    Commit commit();

    /** The entity as it is since, or as it was when it was removed. */
    default Entity entity() {
      return revision().node();
    }

    @Override
    default boolean concerns(Lineage lineage) {
      return revision().lineage().equals(lineage);
    }

    /** What changed in the tree that the entity is in or was in; worked out when asked for. */
    default Optional<Diff> diff() {
      List<Commit.Head> heads = commit().heads();
      return heads.stream()
          .flatMap(head -> head.diff().stream())
          .filter(diff -> heads.size() == 1 || tells(diff))
          .findFirst();
    }

    private boolean tells(Diff diff) {
      Lineage lineage = revision().lineage();
      return diff.changed().contains(lineage)
          || diff.moved().contains(lineage)
          || diff.removed().contains(lineage);
    }
  }

  /** An entity that nobody had seen before, root or not. */
  record Created(Revision revision, Commit commit) implements OfEntity {}

  /** An entity that has another content, or something below it. */
  record Changed(Revision revision, Commit commit) implements OfEntity {}

  /** An entity with another owner, component or key; perhaps with another content as well. */
  record Moved(Revision revision, Commit commit) implements OfEntity {}

  /** An entity that is in no tree any more. */
  record Removed(Revision revision, Commit commit) implements OfEntity {}

  /** The type of event that a revision is told by. */
  static Class<? extends OfEntity> typeOf(Revision revision) {
    return switch (revision.act()) {
      case CREATED -> Created.class;
      case CHANGED -> Changed.class;
      case MOVED -> Moved.class;
      case REMOVED -> Removed.class;
    };
  }

  static OfEntity of(Revision revision, Commit commit) {
    return switch (revision.act()) {
      case CREATED -> new Created(revision, commit);
      case CHANGED -> new Changed(revision, commit);
      case MOVED -> new Moved(revision, commit);
      case REMOVED -> new Removed(revision, commit);
    };
  }
}
