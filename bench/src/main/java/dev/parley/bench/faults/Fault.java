package dev.parley.bench.faults;

import dev.parley.bench.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** What can go wrong. Each ends by itself, after at most about two seconds. */
enum Fault {
  /** The server is killed (SIGKILL) and started again. */
  KILL {
    @Override
    void strike(World world, Random random) {
      world.victim().kill();
    }
  },

  /** The server stands still (SIGSTOP). */
  PAUSE {
    @Override
    void strike(World world, Random random) throws InterruptedException {
      Signals.stop(world.victim().processes());
      try {
        sleep(random, 200, 1_500);
      } finally {
        Signals.resume(world.victim().processes());
      }
    }
  },

  /** Connections are torn (RST) or ended (FIN), again and again. */
  CUT {
    @Override
    void strike(World world, Random random) throws InterruptedException {
      for (int times = 2 + random.nextInt(4); times > 0; times--) {
        List<Link> some = world.proxy().some(random, 0.6);
        some.forEach(random.nextBoolean() ? Link::reset : Link::finish);
        sleep(random, 50, 400);
      }
    }
  },

  /** One half of connections ends, the other goes on. */
  HALF_CLOSE {
    @Override
    void strike(World world, Random random) throws InterruptedException {
      List<Link> some = world.proxy().some(random, 0.5);
      some.forEach(random.nextBoolean() ? Link::endClientsHalf : Link::endServersHalf);
      sleep(random, 200, 600);
      some.forEach(Link::reset);
    }
  },

  /** What the server says is lost on the way, acknowledgements too; then connections are torn. */
  LOSE_ANSWERS {
    @Override
    void strike(World world, Random random) throws InterruptedException {
      List<Link> some = world.proxy().some(random, 0.7);
      some.forEach(Link::deafen);
      sleep(random, 100, 800);
      some.forEach(Link::reset);
    }
  },

  /** Everything takes longer. */
  DELAY {
    @Override
    void strike(World world, Random random) throws InterruptedException {
      world.proxy().delay(5 + random.nextInt(250));
      try {
        sleep(random, 500, 1_500);
      } finally {
        world.proxy().delay(0);
      }
    }
  },

  /** Bytes come a few at a time, frames in pieces. */
  TRICKLE {
    @Override
    void strike(World world, Random random) throws InterruptedException {
      world.proxy().trickle(20 + random.nextInt(200));
      try {
        sleep(random, 500, 1_500);
      } finally {
        world.proxy().trickle(Integer.MAX_VALUE);
      }
    }
  },

  /** The server, or PostgreSQL if it has one, cannot write any file beyond a few bytes. */
  DISK_FULL {
    @Override
    void strike(World world, Random random) throws InterruptedException {
      Signals.limitFiles(world.keeper(), random.nextInt(1 << 16));
      try {
        sleep(random, 300, 1_200);
      } finally {
        Signals.unlimitFiles(world.keeper());
        world.restoreDatabase();
      }
    }
  },

  /** The server's clock jumps, back as often as forward. */
  CLOCK {
    @Override
    void strike(World world, Random random) throws InterruptedException {
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        long most = Duration.ofHours(2).toMillis();
        world.victim().jump(random.nextLong(-most, most));
        sleep(random, 100, 500);
      }
    }
  },

  /** Somebody else holds the embedded database's lock. */
  LOCKED {
    @Override
    void strike(World world, Random random) throws InterruptedException {
      String url = "jdbc:sqlite:" + world.victim().data().resolve("parley.db");
      try (Connection other = DriverManager.getConnection(url);
          Statement statement = other.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 2000");
        statement.execute("BEGIN IMMEDIATE");
        sleep(random, 300, 1_500);
        statement.execute("ROLLBACK");
      } catch (SQLException notEvenForUs) {
        System.err.println("the lock could not be had: " + notEvenForUs.getMessage());
      }
    }
  },

  /** PostgreSQL is killed, all of it, and started again. */
  KILL_POSTGRESQL {
    @Override
    void strike(World world, Random random) throws InterruptedException {
      Postgres postgres = world.postgres().orElseThrow();
      postgres.kill();
      sleep(random, 0, 1_000);
      postgres.startAgain();
    }
  },

  /** PostgreSQL stands still. */
  PAUSE_POSTGRESQL {
    @Override
    void strike(World world, Random random) throws InterruptedException {
      Postgres postgres = world.postgres().orElseThrow();
      Signals.stop(postgres.processes());
      try {
        sleep(random, 200, 1_500);
      } finally {
        Signals.resume(postgres.processes());
      }
    }
  };

  private static final Set<Fault> POSTGRESQL = EnumSet.of(KILL_POSTGRESQL, PAUSE_POSTGRESQL);
  private static final Set<Fault> SQLITE = EnumSet.of(LOCKED);

  /** Does it, and undoes what does not undo itself. */
  abstract void strike(World world, Random random) throws InterruptedException;

  /** All that can happen to a server with such a database. */
  static List<Fault> of(Database database) {
    Set<Fault> foreign = database == Database.SQLITE ? POSTGRESQL : SQLITE;
    return Arrays.stream(values()).filter(fault -> !foreign.contains(fault)).toList();
  }

  private static void sleep(Random random, int least, int most) throws InterruptedException {
    Thread.sleep(least + random.nextInt(most - least));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
