package dev.parley.personas;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What personas remember, for those who make a reply. */
public interface Recollection {
  /**
   * A memory in words.
   *
   * @param id of the memory
   */
  record Recalled(String id, String text) {}

  /**
   * What fits a message and may be said where it was posted, the best first.
   *
   * @param persona whose memory
   * @param asker who is answered
   * @param text what was said
   */
  List<Recalled> fitting(String persona, String asker, String conversation, String text, int limit);

  /** The words of memories that there still are, by id. */
  Map<String, String> words(Collection<String> ids);
}
