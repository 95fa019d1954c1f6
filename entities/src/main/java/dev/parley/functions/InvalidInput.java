package dev.parley.functions;

/** An input that does not fit its function: which field, and what it should have been. */
public final class InvalidInput extends RuntimeException {
  private final String field;

  /**
   * @param field the path of the culprit, such as {@code limit} or {@code items[2].name}
   * @param reason what is wrong, to be read after the field's name: "must be at most 100"
   */
  public InvalidInput(String field, String reason) {
    super(field + " " + reason, null, false, false);
    this.field = field;
  }

  public String field() {
    return field;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
