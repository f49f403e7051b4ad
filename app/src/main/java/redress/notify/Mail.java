package redress.notify;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.store.Delivery;

/**
 * E-mail over SMTP, as plain text and as HTML with the same words. The Message-ID follows from the notice, so that a
 * repeat can be recognised as one.
 */
public final class Mail implements Channel {
  /** This channel's name. */
  public static final String NAME = "EMAIL";

  private static final Logger log = LoggerFactory.getLogger(Mail.class);
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final MailSettings settings;
  private final Session session;
  private final InternetAddress from;
  private final UnaryOperator<String> unsubscribe;

  /** Throws IllegalArgumentException when the settings name no proper sender. */
  public Mail(MailSettings settings) {
    this(settings, _ -> "");
  }

  /** The same; {@code unsubscribe} is where a party ends what it need not get, empty for nowhere. */
  public Mail(MailSettings settings, UnaryOperator<String> unsubscribe) {
    this.settings = settings;
    this.unsubscribe = unsubscribe;
    this.session = Session.getInstance(properties(settings));
    try {
      this.from = address(settings.from());
    } catch (AddressException e) {
      throw new IllegalArgumentException("redress.mail.from is not an e-mail address", e);
    }
  }

  private static Properties properties(MailSettings settings) {
    var properties = new Properties();
    var patience = Long.toString(settings.patience().toMillis());
    properties.setProperty("mail.smtp.host", settings.host());
    properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
    properties.setProperty("mail.smtp.connectiontimeout", patience);
    properties.setProperty("mail.smtp.timeout", patience);
    properties.setProperty("mail.smtp.writetimeout", patience);
    properties.setProperty("mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(settings.security() == MailSettings.Security.TLS));
    var startTls = Boolean.toString(settings.security() == MailSettings.Security.STARTTLS);
    properties.setProperty("mail.smtp.starttls.enable", startTls);
    properties.setProperty("mail.smtp.starttls.required", startTls);
    return properties;
  }

  @Override public String name() {
    return NAME;
  }

  @Override public boolean reaches(Addressee to) {
    return !recipient(to).isEmpty();
  }

  private String recipient(Addressee to) {
    var email = to.contact().email();
    return to.live() || email.isEmpty() ? email : settings.testTo();
  }

  @Override public Result send(Delivery delivery, Addressee addressee) {
    InternetAddress to;
    try {
      to = bare(recipient(addressee));
    } catch (AddressException e) {
      return new Result.Refused("the address is not one");
    }
    try {
      return sent(message(delivery, to));
    } catch (MessagingException e) {
      return result(e);
    }
  }

  /**
   * Sends a text that is about no dispute to one address. {@code id} is the same for every repeat, so that one can be
   * recognised.
   */
  public Result write(String address, String id, String subject, String text, Instant at) {
    try {
      var message = new Numbered(session, "<" + id + domain() + ">");
      message.setFrom(from);
      message.setRecipient(Message.RecipientType.TO, bare(address));
      message.setSubject(subject, UTF_8);
      message.setSentDate(Date.from(at));
      message.setText(text, UTF_8);
      message.setHeader("Auto-Submitted", "auto-generated");
      message.saveChanges();
      return sent(message);
    } catch (AddressException e) {
      return new Result.Refused("the address is not one");
    } catch (MessagingException e) {
      return result(e);
    }
  }

  private Result sent(MimeMessage message) throws MessagingException {
    try (var transport = session.getTransport("smtp")) {
      if (settings.user().isEmpty()) transport.connect();
      else transport.connect(settings.user(), settings.password());
      transport.sendMessage(message, message.getAllRecipients());
      return new Result.Accepted();
    }
  }

  private String domain() {
    return from.getAddress().substring(from.getAddress().indexOf('@'));
  }

  /** Exactly one address without a name: nothing that could add a recipient or a header is one. */
  private static InternetAddress bare(String text) throws AddressException {
    var address = address(text);
    if (!text.equals(address.getAddress()) || text.indexOf('@') < 1) throw new AddressException("not an address alone");
    return address;
  }

  private static InternetAddress address(String text) throws AddressException {
    if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) throw new AddressException("not one line");
    var address = new InternetAddress(text, true);
    if (address.isGroup()) throw new AddressException("a group");
    address.validate();
    return address;
  }

  private MimeMessage message(Delivery delivery, InternetAddress to) throws MessagingException {
    var domain = domain();
    var message = new Numbered(session, "<" + delivery.id() + domain + ">");
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, to);
    message.setSubject(delivery.subject(), UTF_8);
    message.setSentDate(Date.from(delivery.at()));
    message.setContent(alternatives(delivery));
    message.setContentLanguage(new String[] {delivery.language()});
    // One thread for each dispute, and no answers from holiday robots (RFC 5322, RFC 3834).
    message.setHeader("References", "<" + delivery.dispute() + domain + ">");
    message.setHeader("Auto-Submitted", "auto-generated");
    if (Manner.of(delivery.notice()) == Manner.NEWS) letGo(message, delivery.recipient());
    message.saveChanges();
    return message;
  }

  /** What nobody must get can be ended with one press in the mail program (RFC 2369, RFC 8058). */
  private void letGo(MimeMessage message, String party) throws MessagingException {
    var place = unsubscribe.apply(party);
    if (place.isEmpty()) return;
    message.setHeader("List-Unsubscribe", "<" + place + ">");
    message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }

  /** The plain text first: mail programs show the last one they can (RFC 2046 §5.1.4). */
  private static MimeMultipart alternatives(Delivery delivery) throws MessagingException {
    var plain = new MimeBodyPart();
    plain.setText(delivery.text(), UTF_8);
    var page = new MimeBodyPart();
    page.setText(Letter.of(delivery.subject(), delivery.text(), delivery.language()), UTF_8, "html");
    return new MimeMultipart("alternative", plain, page);
  }

  /** What the server said, as far as it may be kept: its code, never its words, which repeat the address. */
  private static Result result(MessagingException failure) {
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      int code = switch (cause) {
        case SMTPAddressFailedException address -> address.getReturnCode();
        case SMTPSendFailedException send -> send.getReturnCode();
        default -> 0;
      };
      if (code >= 500) return new Result.Refused("SMTP " + code);
      if (code >= 400) return new Result.Unavailable("SMTP " + code);
    }
    log.warn("E-mail does not go out now: {}", failure.getClass().getSimpleName());
    return new Result.Unavailable(failure.getClass().getSimpleName());
  }

  private static @Nullable Throwable next(Throwable cause) {
    return cause instanceof MessagingException messaging && messaging.getNextException() != null
        ? messaging.getNextException() : cause.getCause();
  }

  /** A message that keeps the Message-ID it was given. */
  private static final class Numbered extends MimeMessage {
    private final String id;

    Numbered(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
