package redress.document;

import java.util.List;
import redress.check.Saying;
import redress.check.Testimony.Legibility;

/** What could be read of one document, and how much of it that is. */
public record Reading(Legibility legibility, List<Saying> sayings) {
  public Reading {
    sayings = List.copyOf(sayings);
  }

  static Reading none(Legibility why) {
    return new Reading(why, List.of());
  }
}
