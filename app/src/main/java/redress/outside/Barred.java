package redress.outside;

import java.net.UnknownHostException;

/** A place that no request goes to. Nothing was connected to. */
public final class Barred extends UnknownHostException {
  private static final long serialVersionUID = 1;

  Barred(String why) {
    super(why);
  }
}
