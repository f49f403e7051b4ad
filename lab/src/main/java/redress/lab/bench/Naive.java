package redress.lab.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import redress.desk.Request;
import redress.store.Wire;
import redress.dispute.Matter;
import redress.policy.RuleSet;

/**
 * The baseline that one would write first: each command in a transaction of its own on one of a pool of connections.
 * Same rules, same tables, same durability, same planner settings, statements prepared once; sessions are handed out
 * in the order in which they were asked for.
 */
final class Naive implements AutoCloseable {
  private final BlockingQueue<NaiveSession> pool;
  private final List<NaiveSession> all = new ArrayList<>();

  Naive(Wire wire, RuleSet rules, int size) throws SQLException {
    pool = new ArrayBlockingQueue<>(size, true);
    for (int i = 0; i < size; i++) all.add(new NaiveSession(wire.open(), rules));
    pool.addAll(all);
  }

  /** Serves one command; the matter after it is durable when this returns. */
  Matter handle(Request request) throws SQLException, InterruptedException {
    var session = pool.take();
    try {
      return session.handle(request);
    } finally {
      pool.add(session);
    }
  }

  @Override public void close() throws SQLException {
    for (var session : all) session.close();
  }
}
