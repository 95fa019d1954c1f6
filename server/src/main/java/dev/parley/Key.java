package dev.parley;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A configuration key.
 *
 * @param standard the value if nobody sets one; empty for none
 * @param form what a value must look like
 * @param about one line for people
 */
record Key(String name, String standard, Form form, String about) {

  /** What a value must look like. */
  sealed interface Form {
    /** Why a value is wrong, if it is. */
    Optional<String> objection(String value);

    record Any() implements Form {
      @Override
      public Optional<String> objection(String value) {
        return Optional.empty();
      }
    }

    record Whole(long min, long max) implements Form {
      @Override
      public Optional<String> objection(String value) {
        try {
          long number = Long.parseLong(value);
          return number < min || number > max ? Optional.of(wanted()) : Optional.empty();
        } catch (NumberFormatException notANumber) {
          return Optional.of(wanted());
        }
      }

      private String wanted() {
        return "must be a whole number from " + min + " to " + max;
      }
    }

    record Seconds() implements Form {
      @Override
      public Optional<String> objection(String value) {
        return value.matches("\\d{1,6}(\\.\\d{1,6})?")
            ? Optional.empty()
            : Optional.of("must be a number of seconds, such as 0.1");
      }
    }

    record Flag() implements Form {
      @Override
      public Optional<String> objection(String value) {
        return List.of("true", "false").contains(value.toLowerCase(Locale.ROOT))
            ? Optional.empty()
            : Optional.of("must be true or false");
      }
    }

    record Choice(List<String> words) implements Form {
      @Override
      public Optional<String> objection(String value) {
        return words.contains(value.toLowerCase(Locale.ROOT))
            ? Optional.empty()
            : Optional.of("must be one of " + String.join(", ", words));
      }
    }

    record Urls(List<String> schemes) implements Form {
      @Override
      public Optional<String> objection(String value) {
        return Arrays.stream(value.split(",")).allMatch(this::fits)
            ? Optional.empty()
            : Optional.of(
                "must be a URL that begins with " + String.join("// or ", schemes) + "//");
      }

      private boolean fits(String url) {
        try {
          java.net.URI uri = new java.net.URI(url.strip());
          return uri.getHost() != null && schemes.contains(uri.getScheme() + ":");
        } catch (java.net.URISyntaxException malformed) {
          return false;
        }
      }
    }
  }
}
