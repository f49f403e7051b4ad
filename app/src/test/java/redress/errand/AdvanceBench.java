package redress.errand;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redress.dispute.Command;
import redress.dispute.Executor;
import redress.dispute.FollowUp;
import redress.dispute.Words;
import redress.policy.Role;
import redress.store.Party.Kind;

@Tag("bench")
class AdvanceBench {
  @Test void lives_on_test_clocks() {
    try (var world = new World()) {
      world.party("buyer-1", Kind.BUYER, 1);
      world.party("shop-1", Kind.MERCHANT, 1);
      lives(world, "warm", 100);
      int many = 400;
      long jvm = jvm();
      long pg = postgres();
      long commits = commits(world);
      long began = System.nanoTime();
      lives(world, "life", many);
      double seconds = (System.nanoTime() - began) / 1e9;
      org.slf4j.LoggerFactory.getLogger(AdvanceBench.class).error(
          "{} lives in {} s: {}/s; cpu ms a life: jvm {}, postgres {}; commits a life {}", many, seconds,
          many / seconds,
          (jvm() - jvm) / 1e6 / many, (postgres() - pg) * 1.0 / many, (commits(world) - commits) / (double) many);
    }
  }

  private static void lives(World world, String prefix, int many) {
    var places = new Semaphore(32);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < many; i++) {
        var payment = prefix + i;
        places.acquireUninterruptibly();
        threads.execute(() -> {
          try {
            world.database.clocks.create(payment, World.MORNING);
            world.pay(payment, payment);
            var id = LifeTest.file(world, payment, World.MORNING);
            LifeTest.settle(world, id, Executor.PLATFORM);
            var time = world.testTime();
            time.advance(payment, World.MORNING.plus(Duration.ofHours(25)));
            world.say(id, "", Role.BUYER, "buyer-1", new Command.AnswerFollowUp(FollowUp.Answer.SATISFIED, Words.NONE));
            time.advance(payment, World.MORNING.plus(Duration.ofDays(5)));
            if (world.look(id).status() != redress.dispute.Status.CLOSED)
              throw new AssertionError(world.look(id).status());
          } finally {
            places.release();
          }
        });
      }
    }
  }

  private static long jvm() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** Milliseconds of processor time that the server's processes have used. */
  private static long postgres() {
    long ticks = 0;
    for (var process : ProcessHandle.current().descendants().toList()) {
      var spent = process.info().totalCpuDuration();
      if (spent.isPresent()) ticks += spent.get().toMillis();
    }
    return ticks;
  }

  private static long commits(World world) {
    return world.database.sql.sql("select xact_commit from pg_stat_database where datname = current_database()")
        .query(Long.class).single();
  }
}
