package dev.parley;

import io.netty.util.NetUtil;
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

    /** A bearer token (RFC 6750, section 2.1), never shown. */
    record Secret() implements Form {
      @Override
      public Optional<String> objection(String value) {
        return value.matches("[A-Za-z0-9._~+/-]+=*")
            ? Optional.empty()
            : Optional.of("must be a bearer token: letters, digits and -._~+/=");
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

    /** One URL, or as many as one likes with commas between. */
    record Urls(List<String> schemes, boolean several) implements Form {
      @Override
      public Optional<String> objection(String value) {
        List<String> urls = several ? List.of(value.split(",")) : List.of(value);
        return urls.stream().allMatch(this::fits)
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

    /** Addresses, or networks such as {@code 10.0.0.0/8}, with commas between. */
    record Networks() implements Form {
      @Override
      public Optional<String> objection(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).allMatch(Networks::fits)
            ? Optional.empty()
            : Optional.of("must be addresses or networks, such as 10.0.0.0/8");
      }

      private static boolean fits(String network) {
        String[] parts = network.split("/", 2);
        boolean four = NetUtil.isValidIpV4Address(parts[0]);
        boolean known = four || NetUtil.isValidIpV6Address(parts[0]);
        return known
            && (parts.length == 1 || new Whole(0, four ? 32 : 128).objection(parts[1]).isEmpty());
      }
    }

    /** Some of a few words, with commas between. */
    record Words(List<String> words) implements Form {
      @Override
      public Optional<String> objection(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).allMatch(words::contains)
            ? Optional.empty()
            : Optional.of("must be some of " + String.join(", ", words));
      }
    }
  }
}
