package dev.parley.personas;

import dev.parley.conversations.Message;
import dev.parley.personas.memory.Memories;
import dev.parley.personas.memory.Moment;
import dev.parley.personas.memory.Recall;
import dev.parley.store.Change;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What personas remember, for those who make a reply. */
public final class Recollection {
  private final Memories memories;
  private final InstantSource clock;

  public Recollection(Memories memories, InstantSource clock) {
    this.memories = memories;
    this.clock = clock;
  }

  /**
   * A memory in words.
   *
   * @param id of the memory
   */
  record Recalled(String id, String text) {}

  /** Learns from a message what it teaches, now or later. */
  void saw(Message message) {
    memories.witness().saw(message);
  }

  /** Learns from what was said just before a crash. */
  void catchUp() {
    memories.witness().catchUp();
  }

  /** Steps that erase all that a persona remembers, when it is no more. */
  void erase(Change change, String persona) {
    memories.erase(change, persona);
  }

  /** What a persona remembered was erased. */
  void erased(String persona) {
    memories.erased(persona);
  }

  /**
   * What fits a message and may be said where it was posted, the best first.
   *
   * @param persona whose memory
   * @param asker who is answered
   * @param text what was said
   */
  List<Recalled> fitting(
      String persona, String asker, String conversation, String text, int limit) {
    Recall.Question question =
        new Recall.Question(
            persona, asker, Optional.of(conversation), text, limit, Moment.now(clock));
    return memories.recall().of(question).stream()
        .map(one -> new Recalled(one.memory().id(), one.memory().inWords()))
        .toList();
  }

  /**
   * The words of memories that there still are and that may be said in a conversation now, by id.
   *
   * @param reader who is told of them
   */
  Map<String, String> words(
      String persona, String reader, String conversation, Collection<String> ids) {
    return memories.words(persona, reader, conversation, ids);
  }
}
