package redress;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.notify.Channel;
import redress.notify.Entrance;
import redress.notify.Mail;
import redress.notify.MailSettings;
import redress.notify.Notifier;
import redress.notify.Postman;
import redress.sms.Smpp;
import redress.sms.SmsChannels;
import redress.store.NoticeBook;
import redress.store.Parties;
import redress.store.PostBook;

/** Puts together how people are told. */
@Configuration(proxyBeanMethods = false)
class NoticeWiring {
  /** How often the post is looked after. */
  private static final Duration ROUND = Duration.ofSeconds(15);

  // @formatter:off
  @Bean NoticeBook noticeBook(JdbcClient sql)      { return new NoticeBook(sql); }
  @Bean PostBook postBook(JdbcClient sql)          { return new PostBook(sql); }
  // @formatter:on

  /** In the order in which they are tried. */
  @Bean Channels channels(Environment settings, PostBook after, Clock clock) {
    var mail = MailSettings.read(settings::getProperty).<Channel>map(Mail::new);
    var sms = SmsChannels.open(settings::getProperty, after, clock);
    return new Channels(Stream.of(mail, sms).flatMap(Optional::stream).toList());
  }

  @Bean Notifier.Outside outside(NoticeBook book, PostBook after, Channels channels) {
    return new Notifier.Outside(book, after, channels.all, Entrance.NONE);
  }

  @Bean Notifier notifier(Environment settings, Parties parties, Notifier.Outside outside) {
    return Notifier.open(settings::getProperty, parties, outside);
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
