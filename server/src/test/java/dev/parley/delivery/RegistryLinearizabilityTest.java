package dev.parley.delivery;

import dev.parley.store.NoStore;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Sockets of one account sign in and end on threads of their own, and it is as if they had done it
 * one after the other: Lincheck tries how their steps can fall between each other.
 */
@Param(name = "socket", gen = IntGen.class, conf = "0:1")
public class RegistryLinearizabilityTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final String ADA = "ada";

  /** Ends when a test says so, without a word to its event loop. */
  private static final class Line extends EmbeddedChannel {
    private volatile boolean ended;

    @Override
    public boolean isActive() {
      return !ended && super.isActive();
    }
  }

  private record Socket(Line line, Connection connection) {}

  private final Connections connections =
      new Connections(CLOCK, new Topics(new NoStore().log(), CLOCK, 0), 0);
  private final List<Socket> sockets = Stream.generate(this::open).limit(2).toList();
  private final AtomicInteger told = new AtomicInteger();

  public RegistryLinearizabilityTest() {
    connections.watch((account, online) -> told.addAndGet(online ? 1 : -1));
  }

  private Socket open() {
    Line line = new Line();
    return new Socket(line, connections.opened(line, Form.PLAIN));
  }

  @Operation
  public void signIn(@Param(name = "socket") int number) {
    connections.signIn(
        sockets.get(number).connection(), new Connection.SignedIn(ADA, "s", Optional.empty()));
  }

  @Operation
  public void end(@Param(name = "socket") int number) {
    sockets.get(number).line().ended = true;
    connections.closed(sockets.get(number).connection());
  }

  @Operation
  public boolean isOnline() {
    return connections.isOnline(ADA);
  }

  @Operation
  public int signedIn() {
    return connections.signedInCount();
  }

  /** Who is told of coming and going knows in the end what is. */
  @Validate
  public void coming_and_going_add_up() {
    if (told.get() != (connections.isOnline(ADA) ? 1 : 0)) {
      throw new IllegalStateException("told " + told + " times more of coming than of going");
    }
  }

  @Test
  void sockets_come_and_go_in_some_order() {
    new ModelCheckingOptions()
        .iterations(5)
        .invocationsPerIteration(80)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .check(RegistryLinearizabilityTest.class);
  }
}
