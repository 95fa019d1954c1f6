package dev.parley.bench.nine;

import dev.parley.bench.LoadFailure;
import dev.parley.bench.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite's write-ahead log and pragmas: one who writes a row in each transaction, as fast as they
 * become durable, and four who read a page each 5 ms, on a database as the library opens it and on
 * one as the server does.
 */
final class WalStep implements Step {
  private static final String ITEM = "3 WAL and pragmas";
  private static final String HOW =
      "journal_mode=DELETE, standard cache; WAL, 32 MB of cache, mapped, checkpoints each 32,768"
          + " pages; both synchronous=FULL; the same statements on a file of its own";
  private static final List<String> PRAGMAS =
      List.of(
          "journal_mode=WAL",
          "cache_size=-32000",
          "temp_store=MEMORY",
          "mmap_size=268435456",
          "wal_autocheckpoint=32768");
  private static final String TABLE =
      """
      CREATE TABLE messages (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL,
        seq INTEGER NOT NULL, content TEXT NOT NULL, UNIQUE (conversation, seq))\
      """;
  private static final int CONVERSATIONS = 200;
  private static final int FILLED = 20_000;
  private static final int READERS = 4;
  private static final int READ_EVERY_MILLIS = 5;
  private static final int PATIENCE_SECONDS = 10;
  private static final long WARM_UP = 1_000_000_000L;
  private static final long TIME = 5_000_000_000L;

  /**
   * What one way of opening the database gave.
   *
   * @param locked statements that gave up, because somebody else held the lock for 5 s
   */
  private record Speed(double commits, double reads, double slowest, long locked) {}

  @Override
  public List<Row> rows() {
    Speed off = speed(List.of("journal_mode=DELETE"));
    Speed on = speed(PRAGMAS);
    return List.of(
        new Row(ITEM, "durable commits a second", whole(off.commits()), whole(on.commits()), HOW),
        new Row(
            ITEM,
            "pages of 50 read a second meanwhile (wanted: 800 at most)",
            whole(off.reads()),
            whole(on.reads()),
            HOW),
        new Row(ITEM, "commit, p99, ms", millis(off.slowest()), millis(on.slowest()), HOW),
        new Row(
            ITEM,
            "statements that gave up after 5 s, as the database was locked",
            whole(off.locked()),
            whole(on.locked()),
            HOW));
  }

  private static Speed speed(List<String> pragmas) {
    try {
      Path folder = Files.createTempDirectory("parley-bench");
      try (ExecutorService threads = Executors.newFixedThreadPool(1 + READERS)) {
        String url = "jdbc:sqlite:" + folder.resolve("wal.db");
        fill(url, pragmas);
        long from = System.nanoTime() + WARM_UP;
        AtomicLong locked = new AtomicLong();
        CountDownLatch reading = new CountDownLatch(READERS);
        Future<Histogram> commits =
            threads.submit(() -> write(url, pragmas, from, locked, reading));
        List<Future<Long>> reads =
            IntStream.range(0, READERS)
                .mapToObj(i -> threads.submit(() -> read(url, pragmas, from, i, locked, reading)))
                .toList();
        long pages = 0;
        for (Future<Long> one : reads) {
          pages += one.get();
        }
        Histogram written = commits.get();
        return new Speed(
            written.getTotalCount() * 1e9 / TIME,
            pages * 1e9 / TIME,
            written.getValueAtPercentile(99) / 1e6,
            locked.get());
      } finally {
        delete(folder);
      }
    } catch (IOException | SQLException | ExecutionException | InterruptedException e) {
      throw new LoadFailure("SQLite failed: " + e);
    }
  }

  private static Connection open(String url, List<String> pragmas) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=5000");
      statement.execute("PRAGMA synchronous=FULL");
      for (String pragma : pragmas) {
        statement.execute("PRAGMA " + pragma);
      }
    }
    return connection;
  }

  private static void fill(String url, List<String> pragmas) throws SQLException {
    try (Connection connection = open(url, pragmas);
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      connection.setAutoCommit(false);
      try (PreparedStatement insert = insert(connection)) {
        for (int i = 0; i < FILLED; i++) {
          put(insert, i);
        }
      }
      connection.commit();
    }
  }

  private static PreparedStatement insert(Connection connection) throws SQLException {
    return connection.prepareStatement(
        "INSERT INTO messages (conversation, seq, content) VALUES (?, ?, ?)");
  }

  private static void put(PreparedStatement insert, int number) throws SQLException {
    insert.setInt(1, number % CONVERSATIONS);
    insert.setInt(2, number / CONVERSATIONS);
    insert.setString(3, "What is said here is two hundred characters long. ".repeat(4));
    insert.executeUpdate();
  }

  private static Histogram write(
      String url, List<String> pragmas, long from, AtomicLong locked, CountDownLatch reading)
      throws SQLException, InterruptedException {
    Histogram commits = new Histogram(3);
    try (Connection connection = open(url, pragmas);
        PreparedStatement insert = insert(connection)) {
      var _ = reading.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      long end = from + TIME;
      for (int number = FILLED; System.nanoTime() < end; number++) {
        long start = System.nanoTime();
        int next = number;
        boolean done = isDone(() -> put(insert, next), locked);
        if (done && start >= from) {
          commits.recordValue(System.nanoTime() - start);
        }
      }
    }
    return commits;
  }

  private static long read(
      String url,
      List<String> pragmas,
      long from,
      int reader,
      AtomicLong locked,
      CountDownLatch reading)
      throws SQLException {
    long pages = 0;
    try (Connection connection = open(url, pragmas);
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT * FROM messages WHERE conversation = ? ORDER BY seq DESC LIMIT 50")) {
      reading.countDown();
      for (int number = reader; System.nanoTime() < from + TIME; number++) {
        select.setInt(1, number % CONVERSATIONS);
        boolean done = isDone(() -> readAll(select), locked);
        pages += done && System.nanoTime() >= from ? 1 : 0;
        Pause.millis(READ_EVERY_MILLIS);
      }
    }
    return pages;
  }

  private static void readAll(PreparedStatement select) throws SQLException {
    try (ResultSet page = select.executeQuery()) {
      while (page.next()) {
        page.getString(4);
      }
    }
  }

  /** What SQLite is asked to do. */
  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }

  /** Whether it was done; not if somebody else held the lock for too long. */
  private static boolean isDone(Work work, AtomicLong locked) throws SQLException {
    try {
      work.run();
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code) {
        throw e;
      }
      locked.incrementAndGet();
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%.2f", millis);
  }
}
