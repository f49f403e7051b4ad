package redress.dispute;

import java.time.Instant;

/** A command as it was said: by whom, when (UTC), and what. The core has no clock; time arrives here. */
public record Act(Actor by, Instant at, Command command) {}
