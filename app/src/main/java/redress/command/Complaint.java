package redress.command;

import java.time.LocalDate;

/**
 * One complaint as the US Consumer Financial Protection Bureau publishes it. {@code line} is where it begins in its
 * file; {@code company} is empty in extracts without it, {@code narrative} where the consumer published none.
 */
record Complaint(long line, long id, LocalDate received, LocalDate sent, String product, String issue, String subIssue,
    String company, String state, Response response, boolean timely, Disputed disputed, String narrative) {

  /** How the company closed it. */
  enum Response {
    MONETARY_RELIEF("Closed with monetary relief"), NON_MONETARY_RELIEF("Closed with non-monetary relief"),
    RELIEF("Closed with relief"), EXPLANATION("Closed with explanation"),
    WITHOUT_RELIEF("Closed without relief"), CLOSED("Closed"), UNTIMELY("Untimely response"),
    IN_PROGRESS("In progress");

    private final String words;

    Response(String words) {
      this.words = words;
    }

    /** Reads the data's own words. Throws IllegalArgumentException for any others. */
    static Response of(String words) {
      for (var one : values()) if (one.words.equalsIgnoreCase(words.strip())) return one;
      throw new IllegalArgumentException("unknown company response '" + words + "'");
    }
  }

  /** Whether the consumer disputed the response; the data says nothing for most. */
  enum Disputed {
    YES, NO, UNKNOWN;

    static Disputed of(String words) {
      return switch (words.strip()) {
        case "Yes" -> YES;
        case "No" -> NO;
        case "", "N/A" -> UNKNOWN;
        default -> throw new IllegalArgumentException("unknown answer '" + words + "' to whether it was disputed");
      };
    }
  }
}
