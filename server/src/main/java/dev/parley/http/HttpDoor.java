package dev.parley.http;

import dev.parley.calls.Admission;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.RateLimits;
import dev.parley.calls.Replays;
import dev.parley.wire.Ids;
import io.netty.channel.ChannelHandler;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Everything behind the port, put together: the API, its documentation, the page and its guard. */
public final class HttpDoor implements Supplier<ChannelHandler> {
  private final FrontDoor.Doors doors;

  public HttpDoor(
      HttpSettings settings,
      Dispatcher dispatcher,
      Admission admission,
      UpgradeDoor sockets,
      StreamingDoor streams,
      Map<String, Resource> resources,
      Replays replays,
      Executor virtualThreads,
      Ids ids,
      InstantSource clock) {
    Credentials credentials = new Credentials(settings.isSecure());
    Rest rest =
        new Rest(
            dispatcher,
            admission,
            new RateLimits(settings.messagesPerMinute(), clock),
            replays,
            credentials,
            clock);
    Map<String, Resource> all = new HashMap<>(resources);
    all.putAll(Documentation.of(dispatcher.registry()));
    this.doors =
        new FrontDoor.Doors(
            new Guard(settings),
            new ClientAddress(settings.trustedProxies()),
            credentials,
            sockets,
            streams,
            rest,
            Map.copyOf(all),
            new Assets(),
            virtualThreads,
            ids,
            settings.isSecure());
  }

  /** The last handler of a new channel. */
  @Override
  public ChannelHandler get() {
    return new FrontDoor(doors);
  }
}
