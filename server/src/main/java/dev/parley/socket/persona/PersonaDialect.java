package dev.parley.socket.persona;

import dev.parley.calls.Admission;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.RateLimits;
import dev.parley.socket.Dialect;
import dev.parley.socket.SocketDoor;
import dev.parley.wire.Ids;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is spoken with whoever offers the subprotocol {@code persona}. */
public final class PersonaDialect {
  static final Map<String, Method<?>> METHODS =
      Stream.of(
              PersonaMethods.ALL,
              ChatMethods.ALL,
              ConversationMethods.ALL,
              MemoryMethods.ALL,
              PruneMethods.ALL,
              RelationMethods.ALL,
              SystemMethods.ALL)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableMap(Method::name, method -> method));

  private PersonaDialect() {}

  public static Dialect.Speaker speaker(
      Dispatcher dispatcher,
      Admission admission,
      RateLimits limits,
      Executor virtualThreads,
      Ids ids,
      InstantSource clock) {
    Stay.Surroundings around =
        new Stay.Surroundings(METHODS, dispatcher, virtualThreads, ids, clock);
    return SocketDoor.jsonRpc(
        connection -> new Stay(around, connection), admission, limits, virtualThreads, ids);
  }
}
