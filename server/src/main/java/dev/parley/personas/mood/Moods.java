package dev.parley.personas.mood;

import dev.parley.accounts.Account;
import dev.parley.accounts.PersonalData;
import dev.parley.calls.Call;
import dev.parley.conversations.emotion.Lexicon;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** How personas feel now. */
public final class Moods implements PersonalData {
  private final Store store;
  private final Experience experience;
  private final InstantSource clock;
  private final int strength;

  /**
   * @param lexicon what the tone of words is told by
   * @param strength how many answers in a row a persona has strength for with one person; 0 if it
   *     never tires
   */
  public Moods(Store store, Lexicon lexicon, InstantSource clock, int strength) {
    this.store = store;
    this.experience = new Experience(store, lexicon);
    this.clock = clock;
    this.strength = strength;
  }

  /** The mood of a persona, the same towards everybody. */
  public Mood mood(String persona) {
    long now = clock.millis();
    return Mood.of(experience.lately(persona, now), now);
  }

  /** What strength a persona has left for a person. */
  public Energy energy(String persona, String person) {
    long now = clock.millis();
    return strength == 0
        ? Energy.WHOLE
        : Energy.of(experience.answers(persona, person, now), now, strength);
  }

  /** What a persona thinks of a person, by all of their accounts, or of another persona. */
  public Relationship toward(Actor other, String persona) {
    return Relationship.of(experience.from(other, persona), clock.millis());
  }

  @Override
  public String section() {
    return "relationships";
  }

  /** What each persona thinks of an account. */
  @Override
  public Object export(String account) {
    long now = clock.millis();
    Map<String, Relationship> all = new TreeMap<>();
    experience
        .from(account)
        .forEach((persona, heard) -> all.put(persona, Relationship.of(heard, now)));
    return all;
  }

  /** With what personas answered an account goes all that they thought of it. */
  @Override
  public void erase(Call call, Account account, boolean messages) {
    store.commit(call.change().write("DELETE FROM replies WHERE asker = ?", account.id()));
  }
}
