package redress.web;

import java.util.List;
import redress.api.ChecklistApi.ChecklistView;
import redress.store.AnswerTemplates.AnswerTemplate;

/**
 * What somebody who answers a dispute has at hand: what evidence helps, ready-made answers, and the one that was put
 * into the message (empty: none).
 */
public record Workbench(ChecklistView checklist, List<AnswerTemplate> answers, String draft) {
  public Workbench {
    answers = List.copyOf(answers);
  }
}
