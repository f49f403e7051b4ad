package redress.sms;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.notify.Channel;
import redress.store.Delivery;
import redress.store.PostBook;

/**
 * Short messages over SMPP 3.4: one session bound as transceiver, kept alive by enquire_link and bound again when it is
 * lost; every message asks for a receipt, longer texts go in parts with a header that puts them together. A message
 * that
 * went out although the answer to it was lost is sent again: SMPP has no way to tell.
 */
public final class Smpp implements Channel, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Smpp.class);
  /** Codes with which a message will never be taken: a wrong source, destination, length or text (§5.1.3). */
  private static final List<Integer> NEVER = List.of(SMPPConstant.STAT_ESME_RINVMSGLEN,
      SMPPConstant.STAT_ESME_RINVSRCADR, SMPPConstant.STAT_ESME_RINVDSTADR, SMPPConstant.STAT_ESME_RINVDSTTON,
      SMPPConstant.STAT_ESME_RINVDSTNPI, SMPPConstant.STAT_ESME_RSUBMITFAIL);
  private static final int UDH_INDICATOR = 0x40;
  private static final byte UCS2_CODING = 8;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final SmppSettings settings;
  private final PostBook book;
  private final Clock clock;
  private final Numbers numbers;
  private final AtomicInteger reference = new AtomicInteger();
  private final Object door = new Object();
  /** Has a permit when a session was lost that nobody has looked after. */
  private final Semaphore lost = new Semaphore(0);
  private @Nullable Line line;
  private volatile boolean closed;

  /** {@code book} is told every receipt. Nothing is connected before {@link #start} or the first message. */
  public Smpp(SmppSettings settings, PostBook book, Clock clock) {
    this.settings = settings;
    this.book = book;
    this.clock = clock;
    this.numbers = new Numbers(settings.testTo());
  }

  /** Binds in the background and again whenever the session is lost, so that receipts come in without being asked. */
  public void start() {
    Thread.ofVirtual().name("smpp").start(this::stayBound);
  }

  private void stayBound() {
    var pause = FIRST_PAUSE;
    while (!closed) {
      try {
        bound();
        pause = settings.enquiry();
      } catch (IOException e) {
        log.warn("The short message centre is out of reach: {}", e.getClass().getSimpleName());
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
      pause(pause);
    }
  }

  /** Until the time is over or the session is lost. */
  private void pause(Duration pause) {
    try {
      if (lost.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) lost.drainPermits();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  @Override public String name() {
    return SmsChannels.NAME;
  }

  @Override public boolean isBrief() {
    return true;
  }

  @Override public boolean reaches(Addressee to) {
    return !numbers.of(to).isEmpty();
  }

  @Override public Result send(Delivery delivery, Addressee to) {
    var sms = Sms.of(delivery.text());
    var ids = new ArrayList<String>();
    int common = reference.incrementAndGet() & 0xff;
    try {
      var session = bound();
      for (int i = 0; i < sms.parts().size(); i++) ids.add(submit(session, numbers.of(to), sms, i, common));
      return new Result.Accepted(ids.size(), ids, null);
    } catch (NegativeResponseException e) {
      var why = "SMPP 0x" + HexFormat.of().toHexDigits((short) e.getCommandStatus());
      return NEVER.contains(e.getCommandStatus()) ? new Result.Refused(why) : new Result.Unavailable(why);
    } catch (PDUException e) {
      return new Result.Refused("SMPP takes no such message");
    } catch (ResponseTimeoutException | InvalidResponseException | IOException e) {
      return new Result.Unavailable(e.getClass().getSimpleName());
    }
  }

  private String submit(SMPPSession session, String number, Sms sms, int part, int common) throws PDUException,
      ResponseTimeoutException, InvalidResponseException, NegativeResponseException, IOException {
    boolean alone = sms.parts().size() == 1;
    var text = sms.bytes(sms.parts().get(part));
    var message = alone ? text : ByteBuffer.allocate(text.length + 6)
        .put(new byte[] {5, 0, 3, (byte) common, (byte) sms.parts().size(), (byte) (part + 1)}).put(text).array();
    byte coding = sms.encoding() == Sms.Encoding.UCS_2 ? UCS2_CODING : 0;
    boolean digits = settings.from().matches("\\+?\\d+");
    return session.submitShortMessage("", digits ? TypeOfNumber.INTERNATIONAL : TypeOfNumber.ALPHANUMERIC,
        digits ? NumberingPlanIndicator.ISDN : NumberingPlanIndicator.UNKNOWN, settings.from().replace("+", ""),
        TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN, number.substring(1),
        new ESMClass(alone ? 0 : UDH_INDICATOR), (byte) 0, (byte) 1, null, null,
        new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE), (byte) 0, DataCodings.newInstance(coding),
        (byte) 0,
        message).getMessageId();
  }

  private SMPPSession bound() throws IOException {
    synchronized (door) {
      if (closed) throw new IOException("closed");
      if (line != null && line.isUp()) return line.session();
      var fresh = new SMPPSession();
      var over = new AtomicBoolean();
      fresh.setEnquireLinkTimer((int) settings.enquiry().toMillis());
      fresh.setTransactionTimer(settings.patience().toMillis());
      fresh.setMessageReceiverListener(new Receipts());
      fresh.addSessionStateListener((now, _, _) -> {
        if (now != SessionState.CLOSED) return;
        over.set(true);
        lost.release();
      });
      try {
        fresh.connectAndBind(settings.host(), settings.port(), new BindParameter(BindType.BIND_TRX, settings.user(),
            settings.password(), settings.systemType(), TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, null),
            settings.patience().toMillis());
      } catch (IOException e) {
        fresh.unbindAndClose();
        throw e;
      }
      line = new Line(fresh, over);
      return fresh;
    }
  }

  /** A session, and whether it has ended: one that ends while it binds calls itself bound for ever after. */
  private record Line(SMPPSession session, AtomicBoolean over) {
    boolean isUp() {
      return !over.get() && session.getSessionState().isBound();
    }
  }

  /** Hears what became of messages (Appendix B); what people answer to a short message is not read. */
  private final class Receipts implements MessageReceiverListener {
    @Override public void onAcceptDeliverSm(DeliverSm told) throws ProcessRequestException {
      if (!told.isSmscDeliveryReceipt()) return;
      var body = new String(told.getShortMessage(), StandardCharsets.US_ASCII);
      var receipted = told.getOptionalParameter(OptionalParameter.Receipted_message_id.class);
      var id = receipted != null ? receipted.getValueAsString() : SmppReceipt.field(body, "id");
      try {
        SmppReceipt.read(body).ifPresent(receipt -> book.receipt(name(), id, receipt, clock.instant()));
      } catch (RuntimeException e) {
        log.warn("A receipt could not be kept: {}", e.getClass().getSimpleName());
        throw new ProcessRequestException("not now", SMPPConstant.STAT_ESME_RX_T_APPN, e);
      }
    }

    @Override public void onAcceptAlertNotification(AlertNotification told) {
      log.debug("A telephone is there again");
    }

    @Override public DataSmResult onAcceptDataSm(DataSm told, Session from) throws ProcessRequestException {
      throw new ProcessRequestException("no data_sm here", SMPPConstant.STAT_ESME_RINVCMDID);
    }
  }

  @Override public void close() {
    closed = true;
    synchronized (door) {
      if (line != null) line.session().unbindAndClose();
    }
    lost.release();
  }
}
