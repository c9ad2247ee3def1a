// Package rubric judges security review packages: it lints a rubric, scores a
// package under it, compares the risk profile that comes out with the risk that
// an organisation accepts, and plans what would bring it there.
//
//	profile, err := rubric.Score(pkg)
//	policy, err := rubric.LoadPolicy("policy.yaml")
//	verdict, err := rubric.Compare(pkg, profile, policy)
//
// Whoever judges many packages, or wants a plan, makes a [Judge] of the policy:
// it checks and compiles rubric and policy once.
//
//	judge, err := rubric.CompareOptions{AsOf: time.Now()}.Judge(policy)
//	profile, verdict, err := judge.Judge(pkg)
//	plan, err := judge.Plan(pkg, rubric.PlanOptions{})
//
// SCORING.md, beside this file, says how every number comes about.
//
// Everything is an interval. What a package does not say widens it, and counts
// neither as good nor as bad: the lower end is the least risk that some answer
// to the open questions would give, the upper end the most. Every step from
// answer to score is monotone, so that the two ends are exact and need no more
// than two evaluations. All arithmetic is on integers.
//
// Scores run from 0, no risk, to 1000. Criteria of a rubric run the other way:
// the more of them is met, the lower is the risk of the dimension.
//
// The functions of this package read no clock, no environment and no network,
// and leave their arguments as they are. A package is expected to be valid, as
// reviewpkg.Load returns it; what is not, such as an enum number without a
// name, counts as not stated.
package rubric
