package redress.sms;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.jsmpp.util.MessageId;
import org.jspecify.annotations.Nullable;

/** A short message centre that speaks SMPP 3.4 and keeps books: who signed in, and every message as it came. */
public final class SmsCentre implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket();
  private final SMPPServerSessionListener door;
  private final List<SubmitSm> taken = new ArrayList<>();
  private final BlockingQueue<SMPPServerSession> bound = new LinkedBlockingQueue<>();
  private volatile int refusal;
  private int next = 1000;

  /** Opens at {@code port}; 0: at a free one. */
  public SmsCentre(int port) throws IOException {
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    door = new SMPPServerSessionListener(port, new Loopback());
    door.setMessageReceiverListener(new Desk());
    Thread.ofVirtual().start(this::serve);
  }

  public int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (true) {
      try {
        var session = door.accept();
        Thread.ofVirtual().start(() -> bind(session));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void bind(SMPPServerSession session) {
    try {
      var request = session.waitForBind(5_000);
      if (request.getSystemId().equals("redress") && request.getPassword().equals("secret")) {
        request.accept("centre");
        bound.add(session);
      } else {
        request.reject(SMPPConstant.STAT_ESME_RINVPASWD);
      }
    } catch (TimeoutException | IOException | PDUStringException e) {
      session.close();
    }
  }

  /** Answers every message with this code from now on; 0: takes them. */
  void refuse(int code) {
    refusal = code;
  }

  /** What was taken so far. */
  synchronized List<SubmitSm> taken() {
    return List.copyOf(taken);
  }

  /** The whole texts as telephones show them, parts put together, each behind its number. */
  public List<String> texts() {
    var texts = new ArrayList<String>();
    for (var message : taken()) {
      boolean header = message.isUdhi();
      var bytes = message.getShortMessage();
      var part = header ? Arrays.copyOfRange(bytes, 6, bytes.length) : bytes;
      var text = Sms.text(message.getDataCoding() == 8 ? Sms.Encoding.UCS_2 : Sms.Encoding.GSM_7, part);
      if (header && bytes[5] > 1) texts.set(texts.size() - 1, texts.getLast() + text);
      else texts.add("+" + message.getDestAddress() + " " + text);
    }
    return texts;
  }

  /** The session that bound last; waits for it. */
  SMPPServerSession session() throws InterruptedException {
    var session = bound.poll(10, TimeUnit.SECONDS);
    if (session == null) throw new AssertionError("nobody bound");
    return session;
  }

  /** Tells over {@code session} what became of the message with this id, as Appendix B of SMPP 3.4 has it. */
  static void tell(SMPPServerSession session, String id, String stat, String error) throws Exception {
    var body = "id:%s sub:001 dlvrd:001 submit date:2603041700 done date:2603041701 stat:%s err:%s text:hello"
        .formatted(id, stat, error);
    session.deliverShortMessage("", TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN, "12025550123",
        TypeOfNumber.ALPHANUMERIC, NumberingPlanIndicator.UNKNOWN, "Redress",
        new ESMClass(MessageType.SMSC_DEL_RECEIPT.value()), (byte) 0, (byte) 0, new RegisteredDelivery(0),
        DataCodings.ZERO, body.getBytes(StandardCharsets.US_ASCII));
  }

  @Override public void close() throws IOException {
    door.close();
    for (var session : bound) session.close();
  }

  /** Listens on this machine only. */
  private final class Loopback implements ServerConnectionFactory {
    @Override public ServerConnection listen(int port) {
      return new ServerSocketConnection(socket);
    }

    @Override public ServerConnection listen(int port, int timeout) {
      return listen(port);
    }

    @Override public ServerConnection listen(int port, int timeout, int backlog) {
      return listen(port);
    }
  }

  /** Takes messages, and nothing else. */
  private final class Desk implements ServerMessageReceiverListener {
    @Override public SubmitSmResult onAcceptSubmitSm(SubmitSm message, SMPPServerSession from)
        throws ProcessRequestException {
      if (refusal != 0) throw new ProcessRequestException("no", refusal);
      synchronized (SmsCentre.this) {
        taken.add(message);
        try {
          return new SubmitSmResult(new MessageId(Integer.toString(next++)), new OptionalParameter[0]);
        } catch (PDUStringException e) {
          throw new ProcessRequestException("no", SMPPConstant.STAT_ESME_RSYSERR, e);
        }
      }
    }

    // @formatter:off
    @Override public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti it, SMPPServerSession from) throws ProcessRequestException { throw unknown(); }
    @Override public QuerySmResult onAcceptQuerySm(QuerySm it, SMPPServerSession from) throws ProcessRequestException { throw unknown(); }
    @Override public void onAcceptReplaceSm(ReplaceSm it, SMPPServerSession from) throws ProcessRequestException { throw unknown(); }
    @Override public void onAcceptCancelSm(CancelSm it, SMPPServerSession from) throws ProcessRequestException { throw unknown(); }
    @Override public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm it, SMPPServerSession from) throws ProcessRequestException { throw unknown(); }
    @Override public void onAcceptCancelBroadcastSm(CancelBroadcastSm it, SMPPServerSession from) throws ProcessRequestException { throw unknown(); }
    @Override public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm it, SMPPServerSession from) throws ProcessRequestException { throw unknown(); }
    @Override public @Nullable DataSmResult onAcceptDataSm(DataSm it, Session from) throws ProcessRequestException { throw unknown(); }
    // @formatter:on

    private static ProcessRequestException unknown() {
      return new ProcessRequestException("unknown", SMPPConstant.STAT_ESME_RINVCMDID);
    }
  }
}
