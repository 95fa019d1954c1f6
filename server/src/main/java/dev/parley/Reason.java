package dev.parley;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Collectors;

/** Why something cannot be done, in one line for whoever asked for it. */
final class Reason {
  private Reason() {}

  static String of(Exception failure) {
    String said =
        switch (failure) {
          case FileAlreadyExistsException there -> there.getFile() + " exists already";
          case NoSuchFileException gone -> "There is no file " + gone.getFile();
          case AccessDeniedException denied -> "No access to " + denied.getFile();
          default -> String.valueOf(failure.getMessage());
        };
    return said.lines().map(String::strip).collect(Collectors.joining("; "));
  }
}
