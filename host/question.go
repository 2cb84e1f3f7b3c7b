package host

// A QuestionID names a question for as long as the host lives.
type QuestionID int

// A Question waits for a person: an [Approval], a [ResultReview],
// a [Collision] or a [Consent].
type Question interface{ question() }

// An Answer settles a question: [Approve] or [Deny] an [Approval]; [Release] or
// [Withhold] a [ResultReview]; [Choose], [Adopt], [Name] or [Hide] a [Collision];
// [Agree] or [Deny] a [Consent].
type Answer interface{ answer() }
