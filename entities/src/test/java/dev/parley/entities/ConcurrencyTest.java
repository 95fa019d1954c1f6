package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Many threads at one repository: nothing is lost, and nobody sees a commit in part. */
class ConcurrencyTest {
  private static final int THREADS = 64;
  private static final int TIMES = 50;
  private static final int ACCOUNTS = 5;
  private static final int WEALTH = 100;

  record Counter(Identity id, int count, List<Hand> hands) implements Entity {
    /** Moves one hand, and counts. */
    Counter increased(int hand) {
      Sequence<Hand> all = Sequence.copyOf(hands);
      return new Counter(id, count + 1, all.with(hand, all.get(hand).increased()));
    }
  }

  record Hand(Identity id, int count) implements Entity {
    Hand increased() {
      return new Hand(id, count + 1);
    }
  }

  record Account(Identity id, List<Coin> coins) implements Entity {}

  record Coin(Identity id) implements Entity {}

  private final Repository repository = Repository.inMemory(InstantSource.system());

  private static void inThreads(int threads, Callable<Void> work)
      throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(executor.submit(work));
      }
      for (Future<Void> one : all) {
        one.get();
      }
    }
  }

  private Counter counter(Lineage lineage) {
    return (Counter) repository.head(lineage).orElseThrow().root();
  }

  private static Counter counter(int hands) {
    List<Hand> made = new ArrayList<>();
    for (int i = 0; i < hands; i++) {
      made.add(new Hand(Identity.fresh(), 0));
    }
    return new Counter(Identity.fresh(), 0, made);
  }

  @Test
  void sixty_four_threads_that_increase_one_counter_lose_nothing()
      throws InterruptedException, ExecutionException {
    Random seeds = Seeds.random();
    Lineage lineage = repository.commit(counter(8)).lineage();
    inThreads(
        THREADS,
        () -> {
          Random random = new Random(next(seeds));
          for (int i = 0; i < TIMES; i++) {
            int hand = random.nextInt(8);
            repository.update(lineage, Counter.class, old -> old.increased(hand));
          }
          return null;
        });
    assertThat(counter(lineage).count()).isEqualTo(THREADS * TIMES);
    assertThat(counter(lineage).hands().stream().mapToInt(Hand::count).sum())
        .isEqualTo(THREADS * TIMES);
    requireChain(lineage, THREADS * TIMES + 1);
  }

  private static long next(Random seeds) {
    synchronized (seeds) {
      return seeds.nextLong();
    }
  }

  /** Every version has the one before it as its parent, and one more than it. */
  private void requireChain(Lineage lineage, int length) {
    List<Version<?>> versions = new ArrayList<>();
    long before = Long.MAX_VALUE;
    for (List<Version<?>> page = repository.versions(lineage, before, 1_000);
        !page.isEmpty();
        page = repository.versions(lineage, before, 1_000)) {
      versions.addAll(page);
      before = page.getLast().number();
    }
    assertThat(versions).hasSize(length);
    for (int i = 0; i < length; i++) {
      Version<?> version = versions.get(i);
      assertThat(((Counter) version.root()).count()).isEqualTo(length - 1 - i);
      assertThat(version.parent())
          .isEqualTo(
              i == length - 1
                  ? OptionalLong.empty()
                  : OptionalLong.of(versions.get(i + 1).number()));
    }
  }

  @Test
  void coins_that_go_from_account_to_account_are_never_two_nor_none()
      throws InterruptedException, ExecutionException {
    Random seeds = Seeds.random();
    List<Lineage> accounts = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      List<Coin> coins = new ArrayList<>();
      for (int j = 0; j < WEALTH / ACCOUNTS; j++) {
        coins.add(new Coin(Identity.of(new Lineage("coin-" + i + "-" + j))));
      }
      accounts.add(
          repository
              .commit(new Account(Identity.of(new Lineage("account-" + i)), coins))
              .lineage());
    }
    inThreads(
        THREADS,
        () -> {
          Random random = new Random(next(seeds));
          int done = 0;
          while (done < TIMES) {
            done += pay(accounts, random) ? 1 : 0;
          }
          return null;
        });
    List<Lineage> owned = new ArrayList<>();
    for (Lineage account : accounts) {
      Account head = (Account) repository.head(account).orElseThrow().root();
      for (Coin coin : head.coins()) {
        owned.add(coin.lineage());
        assertThat(repository.way(coin.lineage(), Branch.MAIN, Long.MAX_VALUE))
            .extracting(Revision::lineage)
            .containsExactly(account, coin.lineage());
      }
    }
    assertThat(owned).hasSize(WEALTH).doesNotHaveDuplicates();
  }

  /** Moves a coin from one account to another in one commit; not if somebody else came first. */
  private boolean pay(List<Lineage> accounts, Random random) {
    int from = random.nextInt(ACCOUNTS);
    int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
    Account source = (Account) repository.head(accounts.get(from)).orElseThrow().root();
    Account target = (Account) repository.head(accounts.get(to)).orElseThrow().root();
    if (source.coins().isEmpty()) {
      return true;
    }
    Sequence<Coin> coins = Sequence.copyOf(source.coins());
    int coin = random.nextInt(coins.size());
    try {
      repository
          .propose()
          .put(new Account(source.id(), coins.without(coin)))
          .put(new Account(target.id(), Sequence.copyOf(target.coins()).plus(coins.get(coin))))
          .commit();
      return true;
    } catch (HeadMoved | Refused moved) {
      return false;
    }
  }

  @Test
  void readers_see_whole_commits_only() throws InterruptedException, ExecutionException {
    Counter one = repository.commit(counter(4));
    Counter other = repository.commit(counter(4));
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> reads = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        reads.add(
            readers.submit(() -> {
              int count = 0;
              while (!over.get()) {
                read(one.lineage(), other.lineage());
                count++;
              }
              return count;
            }));
      }
      for (int i = 0; i < 5_000; i++) {
        repository
            .propose()
            .put(counter(one.lineage()).increased(i % 4))
            .put(counter(other.lineage()).increased(i % 4))
            .commit();
      }
      over.set(true);
      for (Future<Integer> read : reads) {
        assertThat(read.get()).isPositive();
      }
    }
  }

  /** Both counters are counted in one commit: who reads one first cannot find less in the other. */
  private void read(Lineage one, Lineage other) {
    Version<?> first = repository.head(one).orElseThrow();
    Version<?> second = repository.head(other).orElseThrow();
    Counter counter = (Counter) first.root();
    assertThat(counter.hands().stream().mapToInt(Hand::count).sum()).isEqualTo(counter.count());
    assertThat(((Counter) second.root()).count()).isGreaterThanOrEqualTo(counter.count());
    assertThat(repository.requireVersion(one, first.number()).root()).isSameAs(counter);
    for (Hand hand : counter.hands()) {
      assertThat(repository.asOf(hand.lineage(), first.number())).containsSame(hand);
      assertThat(((Hand) repository.latest(hand.lineage()).orElseThrow()).count())
          .isGreaterThanOrEqualTo(hand.count());
    }
    Counter latest = (Counter) repository.latest(other).orElseThrow();
    assertThat(counter(other).count()).isGreaterThanOrEqualTo(latest.count());
  }
}
