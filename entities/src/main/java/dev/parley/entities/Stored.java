package dev.parley.entities;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * What is written of entities: nodes, and pages of long lists. Every reference bears the hash of
 * what it means, and every hash is taken over text that bears such references; so the hash of a
 * root vouches for the whole tree (Merkle 1987).
 */
public sealed interface Stored {
  /** The text that is written. */
  String body();

  /** The first 128 bits of SHA-256, in 22 characters. */
  String hash();

  /** Whether the text is still the one that the hash was taken of. */
  boolean isIntact();

  /**
   * One version of an entity without what it owns.
   *
   * @param version the number of the commit that made it
   * @param type the name of its type
   */
  record Node(Lineage lineage, long version, String type, String body, String hash)
      implements Stored {
    static Node of(Lineage lineage, long version, String type, String body) {
      return new Node(lineage, version, type, body, hashOf(lineage, version, type, body));
    }

    private static String hashOf(Lineage lineage, long version, String type, String body) {
      return Stored.hash(lineage + "\n" + version + "\n" + type + "\n" + body);
    }

    @Override
    public boolean isIntact() {
      return hash.equals(hashOf(lineage, version, type, body));
    }

    public Key key() {
      return new Key(lineage, version, hash);
    }

    @Override
    public String toString() {
      return "the stored node @" + lineage + ":" + version;
    }
  }

  /** A stretch of a list, named by its content. */
  record Page(String hash, String body) implements Stored {
    static Page of(String body) {
      return new Page(Stored.hash(body), body);
    }

    @Override
    public boolean isIntact() {
      return hash.equals(Stored.hash(body));
    }
  }

  /** A reference to a stored node, with the hash that it must have. */
  record Key(Lineage lineage, long version, String hash) {
    /**
     * @throws IllegalStateException if the entity was never encoded or read
     */
    public static Key of(Entity entity) {
      String hash = entity.id().hash();
      if (hash == null) {
        throw new IllegalStateException(entity.id() + " was never stored");
      }
      return new Key(entity.lineage(), entity.id().version(), hash);
    }

    static Key parse(String text) {
      String[] parts = text.split(":", -1);
      try {
        return new Key(new Lineage(parts[0]), Long.parseLong(parts[1]), parts[2]);
      } catch (RuntimeException e) {
        throw new Damaged("a reference \"" + Refused.shown(text) + "\" cannot be read");
      }
    }

    @Override
    public String toString() {
      return lineage + ":" + version + ":" + hash;
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
