package redress.web;

import java.util.List;
import redress.api.Worklists.LineView;
import redress.dispute.Finding;
import redress.store.Worklist.Pile;
import redress.view.DisputeView;
import redress.view.DisputeView.FindingView;

/** What verifiers look after: one column for each step of the verification, one card for each dispute. */
public record Board(Frame frame, List<Column> columns, boolean whole) {
  public Board {
    columns = List.copyOf(columns);
  }

  /** A pile with its first cards, of {@code count}. */
  public record Column(Pile pile, int count, List<Card> cards) {
    public Column {
      cards = List.copyOf(cards);
    }
  }

  /** A dispute as it stands. */
  public record Card(LineView line, DisputeView view) {
    /** What still stands of what was found. */
    public List<FindingView> open() {
      return view.findings().stream().filter(it -> it.state().isOpen()).toList();
    }

    /** Warnings that nobody has signed. */
    public long unsigned() {
      return view.findings().stream().filter(it -> it.severity().equals("WARN") && it.state() == Finding.State.OPEN)
          .count();
    }
  }

  /** The name of a column. */
  public String name(Pile pile) {
    return Queue.name(frame, pile);
  }

  /** Why a card comes first; empty when it does not. */
  public String risk(Card card) {
    return Queue.risk(frame, card.line().risk());
  }
}
