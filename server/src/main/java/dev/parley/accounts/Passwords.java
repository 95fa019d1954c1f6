package dev.parley.accounts;

import dev.parley.wire.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id with the parameters that OWASP's Password Storage Cheat Sheet names first: 19 MiB, two
 * passes, one lane. Runs on a few threads of its own, so that sign-ins cannot take the whole
 * machine.
 */
final class Passwords implements AutoCloseable {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MOST_WAITING = 256;
  private static final String PREFIX = "$argon2id$v=19$m=19456,t=2,p=1$";

  private final SecureRandom random = new SecureRandom();
  private final ExecutorService threads;

  Passwords() {
    int count = Math.max(1, Runtime.getRuntime().availableProcessors());
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("parley-password-", 1).daemon().factory());
  }

  /** A salted hash in PHC string format. */
  String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = elsewhere(() -> argon2(password, salt));
    return PREFIX + base64(salt) + "$" + base64(hash);
  }

  /** Whether the password is the one that was hashed; takes as long if there is no hash at all. */
  boolean matches(String password, java.util.Optional<String> stored) {
    String[] parts = stored.orElse(PREFIX + base64(new byte[SALT_BYTES]) + "$").split("\\$", -1);
    byte[] salt = Base64.getDecoder().decode(parts[4]);
    byte[] expected = Base64.getDecoder().decode(parts[5]);
    byte[] actual = elsewhere(() -> argon2(password, salt));
    return MessageDigest.isEqual(expected, actual);
  }

  private static byte[] argon2(String password, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(PASSES)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private byte[] elsewhere(Callable<byte[]> work) {
    try {
      return threads.submit(work).get();
    } catch (RejectedExecutionException full) {
      throw Refusal.overloaded("Too many sign-ins at once", Duration.ofSeconds(2));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable("The server is shutting down");
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
