package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.delivery.Topics;
import dev.parley.functions.Text;
import dev.parley.wire.Actor;
import dev.parley.wire.Refusal;
import dev.parley.wire.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who is writing just now. It ends by itself, in case the end is never told. */
final class Typing {
  private static final Duration LASTS = Duration.ofSeconds(6);

  private final Access access;
  private final Topics topics;
  private final InstantSource clock;
  private final InstantSource steady;
  private final Map<Place, Instant> until = new ConcurrentHashMap<>();

  Typing(Access access, Topics topics, InstantSource clock) {
    this.access = access;
    this.topics = topics;
    this.clock = clock;
    this.steady = new SteadyClock(clock);
  }

  record Set(@Text(min = 1, max = 40) String conversation, boolean on) {}

  record Nothing() {}

  private record Place(String conversation, Actor member) {}

  Nothing set(Call call, Set input) {
    Conversation conversation = access.joined(call.caller(), input.conversation());
    if (conversation.mutedUntil().filter(clock.instant()::isBefore).isPresent()) {
      throw Refusal.forbidden("You are muted");
    }
    Place place = new Place(conversation.id(), call.caller().actor());
    if (input.on()) {
      until.put(place, steady.instant().plus(LASTS));
      tell(place, true);
    } else if (until.remove(place) != null) {
      tell(place, false);
    }
    return new Nothing();
  }

  /** Ends what has lasted long enough. Called about once a second. */
  void sweep() {
    Instant now = steady.instant();
    until.forEach((place, end) -> {
      if (!now.isBefore(end) && until.remove(place, end)) {
        tell(place, false);
      }
    });
  }

  private void tell(Place place, boolean on) {
    Told.Typing typing = new Told.Typing(place.member(), on);
    topics.whisper(place.conversation(), "typing", place.member().id(), typing);
  }
}
