package dev.parley.delivery;

import dev.parley.wire.Refusal;
import dev.parley.wire.Shares;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All live sockets, and whose they are. */
public final class Connections {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Topics topics;
  private final int mostOfAccount;
  private final Shares<String> ofAccounts;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<Connection>> byAccount = new ConcurrentHashMap<>();
  private final Map<EventLoop, Gathering> gatherings = new ConcurrentHashMap<>();
  private volatile Watcher watcher = (account, online) -> {};
  private volatile Endings endings = (account, session) -> {};

  /** Hears when an account's first socket comes and its last one goes. */
  @FunctionalInterface
  public interface Watcher {
    void changed(String account, boolean online);
  }

  /**
   * Hears when the right to be connected ends, for what is connected otherwise than by a socket.
   */
  @FunctionalInterface
  public interface Endings {
    /**
     * @param session by what the account was signed in; empty if all of it ends
     */
    void ended(String account, Optional<String> session);
  }

  /**
   * @param mostOfAccount how many sockets an account may have; 0 for any number
   */
  public Connections(InstantSource clock, Topics topics, int mostOfAccount) {
    this.clock = clock;
    this.topics = topics;
    this.mostOfAccount = mostOfAccount;
    this.ofAccounts = new Shares<>(mostOfAccount);
  }

  /** Names the one watcher. To be called once, before the first socket. */
  public void watch(Watcher newWatcher) {
    watcher = newWatcher;
  }

  /** Names the one that hears of endings. To be called once, before the first connection. */
  public void tellEndings(Endings newEndings) {
    endings = newEndings;
  }

  /** Takes in a new socket. */
  public Connection opened(Channel channel, Form form) {
    Gathering gathering = gatherings.computeIfAbsent(channel.eventLoop(), Gathering::new);
    Connection connection = new Connection(channel, gathering, form);
    open.add(connection);
    return connection;
  }

  /** Forgets a socket that is closed. */
  public void closed(Connection connection) {
    open.remove(connection);
    topics.leaveAll(connection);
    connection.signedIn().ifPresent(in -> signOff(connection, in.account()));
  }

  private void signOff(Connection connection, String account) {
    boolean[] last = {false};
    byAccount.computeIfPresent(
        account,
        (id, all) -> {
          last[0] = all.remove(connection) && all.isEmpty();
          return last[0] ? null : all;
        });
    if (last[0]) {
      watcher.changed(account, false);
    }
  }

  /**
   * Gives an account a place for a socket, until that ends.
   *
   * @throws Refusal {@code rate_limited} if it has all that it may
   */
  public void admit(Channel channel, String account) {
    if (!ofAccounts.take(account)) {
      throw Refusal.rateLimited("At most " + mostOfAccount + " sockets of one account", RETRY);
    }
    channel.closeFuture().addListener(closed -> ofAccounts.giveBack(account));
  }

  /**
   * Binds a socket that was a stranger's to an account.
   *
   * @throws Refusal {@code rate_limited} if it has all that it may
   */
  public void resume(Connection connection, Connection.SignedIn as) {
    admit(connection.channel(), as.account());
    signIn(connection, as);
  }

  /**
   * Binds a socket that was admitted to its account, unless it has ended meanwhile: then nobody
   * would sign it off. Whoever ends the session from now on closes the socket with it, so check the
   * session after this call.
   */
  public void signIn(Connection connection, Connection.SignedIn as) {
    connection.signIn(as);
    boolean[] first = {false};
    byAccount.compute(
        as.account(),
        (id, all) -> {
          if (!connection.isOpen()) {
            return all;
          }
          first[0] = all == null;
          Set<Connection> set = all == null ? ConcurrentHashMap.newKeySet(2) : all;
          set.add(connection);
          return set;
        });
    if (first[0]) {
      watcher.changed(as.account(), true);
    }
  }

  public int count() {
    return open.size();
  }

  /** Sockets that are signed in. */
  public int signedInCount() {
    return byAccount.values().stream().mapToInt(Set::size).sum();
  }

  public boolean isOnline(String account) {
    return byAccount.containsKey(account);
  }

  /** The accounts that have a socket now. */
  public Set<String> online() {
    return Set.copyOf(byAccount.keySet());
  }

  /** Tells an account something, wherever it is signed in. */
  public void tell(String account, String type, Object data) {
    Collection<Connection> all = byAccount.getOrDefault(account, Set.of());
    if (!all.isEmpty()) {
      Payload event = Event.own(type, clock.instant(), data);
      all.forEach(connection -> connection.send(event));
    }
  }

  /** Closes the sockets that are signed in by a session. */
  public void endSession(String account, String session) {
    endings.ended(account, Optional.of(session));
    byAccount.getOrDefault(account, Set.of()).stream()
        .filter(one -> one.signedIn().map(in -> in.session().equals(session)).orElse(false))
        .forEach(one -> one.close(CloseReason.SESSION_ENDED));
  }

  /** Closes all sockets of an account. */
  public void endAccount(String account, CloseReason reason) {
    endings.ended(account, Optional.empty());
    byAccount.getOrDefault(account, Set.of()).forEach(one -> one.close(reason));
  }

  /** Closes all sockets, each once it has the answers to what it asked. */
  public void endAll(CloseReason reason) {
    List.copyOf(open).forEach(one -> one.leave(reason));
  }
}
