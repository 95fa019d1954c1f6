package dev.parley.bench;

import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the server, and says in words what went wrong. */
public final class Waiting {
  private static final int SECONDS = 30;

  private Waiting() {}

  /**
   * The outcome of one step.
   *
   * @param step what is being done, for the error: "signing in"
   * @throws LoadFailure if it fails or takes too long
   */
  public static <T> T on(CompletableFuture<T> outcome, String step) {
    try {
      return outcome.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new LoadFailure(step + " failed: " + words(e));
    } catch (TimeoutException _) {
      throw new LoadFailure(step + ": no answer within " + SECONDS + " s");
    } catch (InterruptedException _) {
      throw new LoadFailure(step + " was interrupted");
    }
  }

  private static String words(Throwable thrown) {
    return switch (thrown) {
      case ExecutionException e when e.getCause() != null -> words(e.getCause());
      case CompletionException e when e.getCause() != null -> words(e.getCause());
      case ConnectException e -> e.getMessage() + " (is the server running there?)";
      case HandshakeRefused refused -> refused.getMessage() + handshakeHint(refused.status());
      case Refused refused -> refused.getMessage() + hint(refused.code());
      case LoadFailure failure -> String.valueOf(failure.getMessage());
      default -> thrown.toString();
    };
  }

  /** What a refused call usually means for whoever runs a load. */
  static String hint(int code) {
    return switch (code) {
      case Refused.RATE_LIMITED ->
          "\nThe server limits how often a connection may act: for a load run start it with"
              + " RATE_LIMIT_PER_CONNECTION=0.";
      case Refused.UNAUTHENTICATED -> "\nIs the name or password wrong (--name, --password)?";
      case Refused.FORBIDDEN ->
          "\nWhere registration is not open, use --invitation, or --name and --password.";
      default -> "";
    };
  }

  private static String handshakeHint(int status) {
    return switch (status) {
      case 401 -> "\nThe server did not take the session's token.";
      case 403 -> "\nThe server does not allow this Origin or Host (PARLEY_ORIGINS).";
      case 429, 503 ->
          "\nThe server limits connections: start it with WEBSOCKET_MAX_CONNECTIONS=0 and"
              + " PARLEY_CONNECTIONS_PER_ADDRESS=0.";
      default -> "";
    };
  }
}
