import dev.parley.entities.Branch;
import dev.parley.entities.Cause;
import dev.parley.entities.Diff;
import dev.parley.entities.Entity;
import dev.parley.entities.HeadMoved;
import dev.parley.entities.Identity;
import dev.parley.entities.Repository;
import dev.parley.entities.Sequence;
import java.time.InstantSource;
import java.util.List;

/**
 * Versions of a tree of records: history, what changed, a branch and a merge. Needs no server.
 *
 * <pre>./parley example VersionedTree</pre>
 */
public final class VersionedTree {
  record Menu(Identity id, String title, List<Dish> dishes) implements Entity {
    Menu with(List<Dish> others) {
      return new Menu(id, title, others);
    }

    Menu with(int index, Dish dish) {
      return with(Sequence.copyOf(dishes).with(index, dish));
    }
  }

  record Dish(Identity id, String name, int price) implements Entity {
    Dish at(int other) {
      return new Dish(id, name, other);
    }
  }

  public static void main(String[] arguments) {
    Repository repository = Repository.inMemory(InstantSource.system());
    Dish soup = new Dish(Identity.fresh(), "soup", 5);
    Dish tart = new Dish(Identity.fresh(), "tart", 7);
    Menu first = repository.commit(new Menu(Identity.fresh(), "Monday", List.of(soup, tart)));

    Menu second = repository.commit(first.with(0, first.dishes().get(0).at(6)));
    System.out.println("One price changed; the other dish is the same object: "
        + (first.dishes().get(1) == second.dishes().get(1)));
    Diff diff = Diff.between(first, second);
    diff.changes().forEach(change -> System.out.println("  " + change));
    System.out.println("Taken back: " + diff.inverse().applyTo(second).equals(first));

    System.out.println("The soup has had " + repository.history(soup.lineage(), Long.MAX_VALUE, 10).size()
        + " versions; in the first it cost "
        + ((Dish) repository.asOf(soup.lineage(), first.id().version()).orElseThrow()).price());

    try {
      repository.commit(first.with(List.of()));
    } catch (HeadMoved moved) {
      System.out.println("Nothing is overwritten unseen: " + moved.getMessage());
    }

    Branch idea = repository.fork(repository.head(first.lineage()).orElseThrow(), "idea");
    repository.commit(second.with(1, second.dishes().get(1).at(9)), idea);
    repository.commit(second.with(0, second.dishes().get(0).at(8)));
    repository.merge(first.lineage(), idea, Branch.MAIN, Cause.UNSTATED);
    Menu merged = (Menu) repository.head(first.lineage()).orElseThrow().root();
    System.out.println("Merged: soup " + merged.dishes().get(0).price() + ", tart "
        + merged.dishes().get(1).price());
  }
}
