package dev.parley.entities;

/**
 * A line of versions of one tree. Every tree has the branch {@code main}; others fork from a
 * version of it or of each other.
 *
 * @param id {@code main}, or the branch's name, {@code ~} and the lineage of the root
 */
public record Branch(String id) {
  public static final Branch MAIN = new Branch("main");

  /**
   * @throws Refused if the name is malformed or taken by the main branch
   */
  static Branch named(String name, Lineage root) {
    if (!Lineage.isWellFormed(name) || name.equals(MAIN.id)) {
      throw new Refused("\"" + Refused.shown(name) + "\" cannot be the name of a branch");
    }
    return new Branch(name + "~" + root);
  }

  boolean isOf(Lineage root) {
    return id.endsWith("~" + root);
  }

  /**
   * The root of the tree that this is a branch of.
   *
   * @throws IllegalStateException for the main branch, which every tree has
   */
  public Lineage root() {
    if (isMain()) {
      throw new IllegalStateException("every tree has a main branch");
    }
    return new Lineage(id.substring(id.indexOf('~') + 1));
  }

  public boolean isMain() {
    return equals(MAIN);
  }

  @Override
  public String toString() {
    return isMain() ? id : id.substring(0, id.indexOf('~'));
  }
}
