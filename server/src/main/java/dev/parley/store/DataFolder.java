package dev.parley.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder of an embedded database, locked for as long as it is open. */
public final class DataFolder implements AutoCloseable {
  private final Path folder;
  private final Optional<FileLock> lock;

  private DataFolder(Path folder, Optional<FileLock> lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * A folder that another process may have locked.
   *
   * @throws UnusableDatabase if it holds no database
   */
  static DataFolder beside(Path folder) {
    if (!Files.exists(database(folder))) {
      throw new UnusableDatabase("There is no database in " + folder.toAbsolutePath());
    }
    return new DataFolder(folder, Optional.empty());
  }

  /**
   * Makes the folder if need be and locks it.
   *
   * @throws UnusableDatabase if it cannot be written or another process has it
   */
  public static DataFolder lock(Path folder) {
    try {
      create(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("parley.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new UnusableDatabase(
            "The data folder " + folder.toAbsolutePath() + " is in use by another Parley");
      }
      return new DataFolder(folder, Optional.of(lock));
    } catch (IOException problem) {
      throw new UnusableDatabase(
          "The data folder " + folder.toAbsolutePath() + " cannot be written: " + problem, problem);
    }
  }

  private static void create(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** The database's file. */
  public Path database() {
    return database(folder);
  }

  static Path database(Path folder) {
    return folder.resolve("parley.db");
  }

  @Override
  public void close() {
    lock.ifPresent(DataFolder::release);
  }

  private static void release(FileLock lock) {
    try (FileChannel channel = lock.acquiredBy() instanceof FileChannel file ? file : null) {
      lock.release();
    } catch (IOException harmless) {
      // The operating system lets go of the lock with the process.
    }
  }
}
