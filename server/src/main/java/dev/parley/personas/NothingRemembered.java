package dev.parley.personas;

import java.util.Collection;
import java.util.List;
import java.util.Map;

public final class NothingRemembered implements Recollection {
  @Override
  public List<Recalled> fitting(
      String persona, String asker, String conversation, String text, int limit) {
    return List.of();
  }

  @Override
  public Map<String, String> words(Collection<String> ids) {
    return Map.of();
  }
}
