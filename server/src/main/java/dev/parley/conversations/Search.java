package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.store.Store;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Full-text search over what the caller may see, newest first. A message that was deleted a moment
 * ago is left out, so a page may be shorter than it could be.
 */
final class Search {
  private static final int MOST_WORDS = 10;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private final Store store;
  private final WordIndex index;

  Search(Store store, WordIndex index) {
    this.store = store;
    this.index = index;
  }

  record Find(
      @About("words that must all occur; the last may be the beginning of one")
          @Text(min = 1, max = 200)
          String text,
      @Text(min = 1, max = 40) Optional<String> conversation,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor,
      @Size(max = 30) Optional<List<String>> fields) {}

  record Found(List<Message> items, Optional<String> next) {}

  Found find(Call call, Find input) {
    Paging paging =
        Paging.of(
            input.limit(), input.cursor(), "messages.search", input.text(), input.conversation());
    WordIndex.Wanted wanted =
        new WordIndex.Wanted(
            words(input), call.caller(), input.conversation(), paging.before(), paging.oneMore());
    return store.read(handle -> {
      input.conversation().ifPresent(id -> Access.readable(handle, call.caller(), id));
      Page<Long> page = paging.page(index.newest(handle, wanted), number -> number.toString());
      return new Found(Snapshots.numbered(handle, page.items()), page.next());
    });
  }

  private static List<String> words(Find input) {
    List<String> words =
        WORD.matcher(input.text())
            .results()
            .map(MatchResult::group)
            .map(word -> word.toLowerCase(Locale.ROOT))
            .limit(MOST_WORDS)
            .toList();
    if (words.isEmpty()) {
      throw new InvalidInput("text", "must have a letter or a digit");
    }
    return words;
  }
}
