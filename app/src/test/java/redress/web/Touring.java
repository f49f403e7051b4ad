package redress.web;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import redress.house.Browser;

/** Gives every class that looks at pages the same tour, and ends it with the last of them. */
final class Touring implements ParameterResolver, ExecutionCondition {
  @Override public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Tour.class;
  }

  @Override public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getRoot().getStore(Namespace.GLOBAL).computeIfAbsent(Tour.class);
  }

  @Override public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Browser.program().isPresent() ? ConditionEvaluationResult.enabled("there is a Chromium")
        : ConditionEvaluationResult.disabled("no Chromium on this machine: apt-get install chromium");
  }
}
