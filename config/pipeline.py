"""The background steps, in the order in which an article meets them."""

import claims.actions.machine
import claims.steps
import reviews.actions.alerts
import reviews.actions.decisions
import reviews.actions.numbers
import reviews.actions.publishing
import reviews.actions.recalls
import reviews.actions.suggestions
import reviews.notices
import reviews.steps
import sources.actions
import sources.connecting
import sources.meaning
import sources.rechecking
import sources.steps
import sources.watching
from jobs.pipeline import Step

PIPELINE = (
    # an article with an address → its text, which begins a revision
    Step("claims.fetch", work=claims.steps.fetch, store=claims.actions.machine.store_document),
    # a revision → its claims
    Step(
        "claims.extract",
        work=claims.steps.read,
        store=claims.actions.machine.store_reading,
        then="sources.find",
    ),
    # beside the line: a claim put to a service outside, whose documents are then looked through
    Step("sources.ask", work=sources.steps.ask, store=sources.connecting.keep_answer, then="sources.find"),
    # beside the line: a watched feed looked at, and the page of each new entry taken into the library
    Step("sources.watch", work=sources.watching.look, store=sources.watching.keep_look, then="sources.take"),
    Step("sources.take", work=sources.watching.read, store=sources.watching.keep_entry),
    # beside the line: a new text of a document → the vectors of its passages, where a sentence model is set
    Step("sources.embed", work=sources.meaning.embed, store=sources.meaning.keep),
    # a claim → evidence from the library
    Step("sources.find", work=sources.steps.look, store=sources.actions.keep_findings, then="claims.match"),
    # a claim → earlier claims that may be the same
    Step(
        "claims.match",
        work=claims.steps.compare,
        store=claims.actions.machine.store_compared,
        then="reviews.suggest",
    ),
    # a claim with its evidence → a suggestion, or silence
    Step(
        "reviews.suggest",
        work=reviews.steps.weigh,
        store=reviews.actions.suggestions.suggest,
        then="reviews.number",
    ),
    # a claim with its evidence → the number that it gives, and proposals of what it was later
    Step(
        "reviews.number",
        work=reviews.actions.numbers.read,
        store=reviews.actions.numbers.keep,
        then="reviews.compare",
    ),
    # a claim, when it was matched and when a verdict is submitted → contradictions with other claims of the desk
    Step("reviews.compare", work=reviews.actions.alerts.compare, store=reviews.actions.alerts.keep),
    # beside the line: a cited page looked at again, and a word to those whose evidence is not what it was
    Step(
        "sources.recheck", work=sources.rechecking.look, store=sources.rechecking.keep, then="reviews.alert"
    ),
    Step("reviews.alert", work=reviews.steps.nothing, store=reviews.actions.recalls.alert),
    # beside the line: what is public comes back on the day that its verdict names
    Step("reviews.recall", work=reviews.steps.nothing, store=reviews.actions.recalls.recall),
    # beside the line: an approval whose evidence has changed
    Step("reviews.void", work=reviews.steps.nothing, store=reviews.actions.decisions.void),
    # beside the line: an editor's order to publish, a notification's mail
    Step("reviews.publish_due", work=reviews.steps.nothing, store=reviews.actions.publishing.publish_due),
    Step("reviews.mail", work=reviews.notices.send, store=reviews.notices.mark_mailed),
)
