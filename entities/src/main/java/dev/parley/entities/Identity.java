package dev.parley.entities;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which entity a record is, and which version of it the record was made from. Copies that a program
 * makes keep the identity of what they were copied from; a commit gives the changed nodes a new
 * one. So a tree states its own base.
 *
 * <p>Two identities are equal if their lineage is: an entity stays itself when it changes.
 */
public final class Identity {
  private final Lineage lineage;
  private final long version;
  private @Nullable String hash;

  private Identity(Lineage lineage, long version) {
    this.lineage = lineage;
    this.version = version;
  }

  /** Of an entity that nobody has seen before. */
  public static Identity fresh() {
    return of(Lineage.fresh());
  }

  /** Of an entity whose lineage the program chooses, before its first commit. */
  public static Identity of(Lineage lineage) {
    return new Identity(Objects.requireNonNull(lineage), 0);
  }

  /**
   * Of a version that was committed, as a ledger reads it back.
   *
   * @param version 1 or more
   */
  public static Identity of(Lineage lineage, long version) {
    return new Identity(Objects.requireNonNull(lineage), version);
  }

  public Lineage lineage() {
    return lineage;
  }

  /** The number of the commit that made this version of the entity; 0 before the first. */
  public long version() {
    return version;
  }

  /** The content hash of the committed node, once somebody has worked it out. */
  @Nullable String hash() {
    return hash;
  }

  void hash(String contentHash) {
    hash = contentHash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Identity that && lineage.equals(that.lineage);
  }

  @Override
  public int hashCode() {
    return lineage.hashCode();
  }

  @Override
  public String toString() {
    return version == 0 ? "@" + lineage : "@" + lineage + ":" + version;
  }
}
