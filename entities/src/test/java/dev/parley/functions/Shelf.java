package dev.parley.functions;

import dev.parley.entities.Entity;
import dev.parley.entities.Identity;
import dev.parley.entities.Lineage;
import java.util.ArrayList;
import java.util.List;

/** A tree for the tests: shelves with books, and a counter to compete for. */
record Shelf(Identity id, String label, List<Book> books) implements Entity {

  record Book(Identity id, String title, int read) implements Entity {
    static Book named(String name) {
      return new Book(Identity.of(new Lineage(name)), name, 0);
    }

    Book readOnceMore() {
      return new Book(id, title, read + 1);
    }

    Book titled(String other) {
      return new Book(id, other, read);
    }
  }

  record Counter(Identity id, int count) implements Entity {
    static Counter named(String name) {
      return new Counter(Identity.of(new Lineage(name)), 0);
    }

    Counter increased() {
      return new Counter(id, count + 1);
    }
  }

  static Shelf named(String name, Book... books) {
    return new Shelf(Identity.of(new Lineage(name)), name, List.of(books));
  }

  Shelf labelled(String other) {
    return new Shelf(id, other, books);
  }

  Shelf with(Book book) {
    List<Book> more = new ArrayList<>(books);
    more.add(book);
    return new Shelf(id, label, more);
  }

  Shelf without(Book book) {
    return new Shelf(
        id,
        label,
        books.stream().filter(other -> !other.lineage().equals(book.lineage())).toList());
  }

  Shelf with(int index, Book book) {
    List<Book> others = new ArrayList<>(books);
    others.set(index, book);
    return new Shelf(id, label, others);
  }

  boolean has(String title) {
    return books.stream().anyMatch(book -> book.title().equals(title));
  }
}
