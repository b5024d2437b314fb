package io.adversight.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words without the file's name. */
public final class IoReason {
  private IoReason() {}

  /** The reason, such as "permission denied" or "No space left on device". */
  public static String of(IOException error) {
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (error instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (error instanceof FileAlreadyExistsException) {
      return "a file of that name is in the way";
    }
    if (error instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (error instanceof NotDirectoryException) {
      return "a part of the path is no folder";
    }
    if (error instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    if (error instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }
}
