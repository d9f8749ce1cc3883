"""Score the whole engine on each gold article with small models that never saw it.

Usage: python training/cross_validate.py GOLD_DIR
The four small models are trained anew on the other articles and our own sentences; the rules stay as they are, and
were written with these articles in view, so that this is kinder than text that nobody here has read.
"""

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.extraction import linear, scoring
from training import antecedents, cases, going, typing_worth


def main(folder: str) -> None:
    """Print the F1 of each article and the figures of all."""
    rows = [*typing_worth.ours(), *typing_worth.gold(cases.ARTICLES), *typing_worth.gold(Path(folder))]
    typed = cases.all_cases(Path(folder))
    paths = [*sorted(cases.ARTICLES.glob("*.json")), *sorted(Path(folder).glob("*.json"))]
    sources, pronouns = going.cases(paths), antecedents.cases(paths)
    total = scoring.Tally()
    with tempfile.TemporaryDirectory() as weights:
        typing_worth.WEIGHTS = Path(weights)
        for path in sorted(Path(folder).glob("*.json")):
            article = json.loads(path.read_text(encoding="utf-8"))
            learn(
                [row for row in rows if row.group != article["id"]],
                [case for case in typed if case.group != article["id"]],
                [case for case in sources if case.group != article["id"]],
                [case for case in pronouns if case.article != article["id"]],
            )
            alone = scoring.Tally()
            scoring.add(article, alone)
            scoring.add(article, total)
            print(article["id"], scoring.figures(alone)["f1"])
    print({name: value for name, value in scoring.figures(total).items() if name != "worst"})


def learn(
    rows: list[typing_worth.Row],
    typed: list[cases.Case],
    sources: list[going.Case],
    pronouns: list[antecedents.Case],
) -> None:
    """Train the four models, and let the engine use them."""
    typing_worth.learn_kinds(typed)
    typing_worth.learn_worth([row for row in [*rows, *typing_worth.debates()] if row.worth is not None])
    going.learn(sources)
    antecedents.learn(pronouns)
    for model in (linear.KINDS, linear.WORTH, linear.GOES_ON, linear.ANTECEDENTS):
        model.path = typing_worth.WEIGHTS / model.path.name
        model.__dict__.pop("_read", None)


if __name__ == "__main__":
    main(sys.argv[1])
