package dev.parley.personas;

import static dev.parley.functions.Function.named;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Offered;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.functions.About;
import dev.parley.functions.Registry;
import dev.parley.functions.Text;
import dev.parley.personas.mood.Energy;
import dev.parley.personas.mood.Mood;
import dev.parley.personas.mood.Moods;
import dev.parley.personas.mood.Relationship;
import dev.parley.wire.Actor;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** Shows how personas feel: to people, and to the brains that speak for them. */
final class Feeling {
  private final Cast cast;
  private final Moods moods;
  private final InstantSource clock;

  Feeling(Cast cast, Moods moods, InstantSource clock) {
    this.cast = cast;
    this.moods = moods;
    this.clock = clock;
  }

  record Of(
      @Text(min = 1, max = 40) String persona,
      @About("another persona, to see what this one thinks of that; the caller if absent")
          @Text(min = 1, max = 40)
          Optional<String> toward) {}

  /**
   * How a persona feels.
   *
   * @param mood the same towards everybody
   * @param energy what strength it has left for the caller
   * @param available whether it answers the caller now
   * @param availableAt when it does again
   */
  record Felt(
      Actor persona,
      Mood mood,
      @About("0 to 1: what strength it has left for the caller") double energy,
      boolean available,
      Optional<Instant> availableAt,
      Actor toward,
      Relationship relationship) {}

  void register(Registry<Call> registry) {
    registry.add(
        named("personas.mood", Of.class, Felt.class)
            .described(
                "How a persona feels",
                "Its mood, whether it has strength to answer the caller, and what it thinks of the"
                    + " caller or of another persona, and why.")
            .readOnly()
            .with(Offered.TOOL, Permission.READ, Route.get("/personas/{persona}/mood"))
            .handledBy(this::mood));
  }

  private Felt mood(Call call, Of input) {
    Caller caller = call.caller();
    Actor person = caller.onBehalfOf().orElse(caller.actor());
    Cast.Row persona = cast.seen(caller, input.persona());
    Actor toward = input.toward().map(other -> cast.seen(caller, other).actor()).orElse(person);
    Relationship relationship = moods.toward(toward, persona.id());
    Energy energy = moods.energy(persona.id(), person.id());
    return new Felt(
        persona.actor(),
        moods.mood(persona.id()),
        energy.left(),
        energy.availableAt().isEmpty(),
        energy.availableAt(),
        toward,
        toward.equals(person) ? relationship : relationship.withoutMessages());
  }

  /**
   * Requires that a persona has strength to answer.
   *
   * @return what it has
   * @throws Refusal {@code rate_limited} if it must rest from that person first
   */
  Energy requireStrength(Asked asked) {
    Energy energy = moods.energy(asked.persona().id(), asked.asker().id());
    energy
        .availableAt()
        .ifPresent(then -> {
          throw Refusal.rateLimited(
              "%s is tired of talking with %s and answers again from %s on"
                  .formatted(asked.actor().name(), asked.asker().name(), then),
              Duration.between(clock.instant(), then));
        });
    return energy;
  }

  /** How a persona feels towards whoever speaks to it, as its brain is told. */
  String inWords(Asked asked, Energy energy) {
    Actor speaker = asked.message().sender();
    Mood mood = moods.mood(asked.persona().id());
    Relationship thinks = moods.toward(speaker, asked.persona().id());
    return String.format(
        Locale.ROOT,
        """
        Mood: %s (%.1f of -1 to 1). Energy: %.2f of 1.
        Towards %s: affinity %.2f, trust %.2f, respect %.2f (-1 to 1), familiarity %.2f (0 to 1); \
        messages so far: %d.
        This colours how you speak, never what is true.\
        """,
        mood.word().name().toLowerCase(Locale.ROOT),
        mood.value(),
        energy.left(),
        speaker.name(),
        thinks.affinity().value(),
        thinks.trust().value(),
        thinks.respect().value(),
        thinks.familiarity().value(),
        thinks.counts().messages());
  }
}
