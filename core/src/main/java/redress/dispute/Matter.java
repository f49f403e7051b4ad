package redress.dispute;

import redress.policy.RuleSet;

/** All that a decision looks at: the rules the dispute was filed under, its payment, and the dispute. */
public record Matter(RuleSet rules, Payment payment, Dispute dispute) {}
