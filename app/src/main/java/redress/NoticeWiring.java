package redress;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.api.NoticeWishes;
import redress.door.Invitations;
import redress.door.Sessions;
import redress.notify.Channel;
import redress.notify.Editing;
import redress.notify.Mail;
import redress.notify.MailSettings;
import redress.notify.Notifier;
import redress.notify.Postman;
import redress.push.Browsers;
import redress.push.Push;
import redress.push.PushServices;
import redress.sms.Smpp;
import redress.sms.SmsChannels;
import redress.store.NoticeBook;
import redress.store.NoticeTemplates;
import redress.store.Parties;
import redress.store.PostBook;
import redress.store.Subscriptions;
import redress.store.Wishes;
import redress.web.OutboxPages;
import redress.web.PushPages;
import redress.web.TemplatePages;
import redress.web.WishPages;

/** Puts together how people are told. */
@Configuration(proxyBeanMethods = false)
@Import({NoticeWishes.class, OutboxPages.class, PushPages.class, TemplatePages.class, WishPages.class})
class NoticeWiring {
  /** How often the post is looked after. */
  private static final Duration ROUND = Duration.ofSeconds(15);

  // @formatter:off
  @Bean NoticeBook noticeBook(JdbcClient sql)      { return new NoticeBook(sql); }
  @Bean PostBook postBook(JdbcClient sql)          { return new PostBook(sql); }
  @Bean Editing editing(JdbcClient sql, Clock clock) { return new Editing(new NoticeTemplates(sql), clock); }
  @Bean Wishes wishes(JdbcClient sql)              { return new Wishes(sql); }
  // @formatter:on

  /** Push, when the operator says how push services reach it. */
  @Bean Browsers browsers(Environment settings, JdbcClient sql, Clock clock) {
    var subscriptions = new Subscriptions(sql);
    var contact = settings.getProperty("redress.push.contact", "");
    if (contact.isBlank()) return new Browsers(Optional.empty(), subscriptions);
    if (!contact.matches("(mailto:|https://)\\S+"))
      throw new IllegalArgumentException("redress.push.contact is a mailto: or https: address");
    var services = PushServices.of(settings.getProperty("redress.push.services", ""));
    return new Browsers(Optional.of(new Push(subscriptions, services, contact, clock)), subscriptions);
  }

  /** In the order in which they are tried. */
  @Bean Channels channels(Environment settings, PostBook after, Wishes wishes, Browsers browsers, Clock clock) {
    var pages = Notifier.pages(settings::getProperty);
    UnaryOperator<String> unsubscribe = party -> pages.isEmpty() ? "" : pages + "/unsubscribe/" + wishes.token(party);
    var mail = MailSettings.read(settings::getProperty).<Channel>map(it -> new Mail(it, unsubscribe));
    var sms = SmsChannels.open(settings::getProperty, after, clock);
    return new Channels(
        Stream.of(mail, sms, browsers.push().<Channel>map(it -> it)).flatMap(Optional::stream).toList());
  }

  @Bean Notifier.Outside outside(Environment settings, NoticeBook book, PostBook after, Channels channels,
      Sessions sessions) {
    return new Notifier.Outside(book, after, channels.all,
        new Invitations(sessions, Notifier.pages(settings::getProperty)));
  }

  @Bean Notifier notifier(Environment settings, Parties parties, Notifier.Outside outside, Editing editing) {
    return Notifier.open(settings::getProperty, parties, outside, Optional.of(editing));
  }

  @Bean(initMethod = "start") Postman postman(Notifier.Outside outside, Parties parties, Clock clock) {
    return new Postman(outside, parties, clock, ROUND);
  }

  /** The channels that are set up; whatever keeps a connection is closed with the server. */
  record Channels(List<Channel> all) implements AutoCloseable {
    Channels {
      all = List.copyOf(all);
    }

    @Override public void close() {
      for (var channel : all) if (channel instanceof Smpp open) open.close();
    }
  }
}
