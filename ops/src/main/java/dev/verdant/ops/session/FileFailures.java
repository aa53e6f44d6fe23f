package dev.verdant.ops.session;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Failures of the file system in the words of an operator. */
public final class FileFailures {
  /** What went wrong, and with which file. */
  public static String describe(IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "no permission: " + denied.getFile();
    }
    if (failure instanceof NoSuchFileException missing) {
      return "no such file or directory: " + missing.getFile();
    }
    if (failure instanceof NotDirectoryException) {
      return failure.getMessage() + " is no directory";
    }
    if (failure instanceof FileAlreadyExistsException there) {
      // Where a directory was to be made, or anything else.
      return there.getFile()
          + (Files.isDirectory(Path.of(there.getFile()))
              ? " is there already"
              : " is no directory");
    }
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private FileFailures() {}
}
