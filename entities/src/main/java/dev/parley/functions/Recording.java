package dev.parley.functions;

/** What is taken down of a function's calls. */
public enum Recording implements Attribute {
  /** Not what it was given: it may be a secret. */
  WITHOUT_VALUES
}
