"""What the small models for type and check-worthiness look at: words in classes, patterns and a few flags."""

import re
from functools import lru_cache

from claims.extraction.quantities import quantities
from claims.extraction.wordlist import words

WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'][a-z]+)?|\d[\d,.]*%?|[%$£€¥“”\"?!]")
MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)$"
)
DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day$")
ADDED = re.compile(r"\s*\[[^\]]*\](?=[.”]*$)")
CONTRACTED = re.compile(r"(?:n[’']t|[’'](?:s|re|ve|ll|d|m))$")
HARM = words("killed dead died wounded injured hurt missing deaths death toll casualties bodies victims")


@lru_cache(maxsize=256)
def classes(sentence: str) -> list[str]:
    """The words of a sentence in small letters, numbers, dates and names by class."""
    found = []
    for number, match in enumerate(WORD.finditer(sentence)):
        word = match.group()
        low = word.lower()
        if word[0].isdigit():
            found.append(
                "<year>"
                if re.fullmatch(r"(?:19|20)\d\d", word)
                else "<percent>"
                if word[-1] == "%"
                else "<number>"
            )
        elif MONTH.match(low) and word[0].isupper():
            found.append("<month>")
        elif DAY.match(low):
            found.append("<day>")
        elif word[0].isupper() and number and low not in ("i", "i’m", "i’ve"):
            found.append("<name>")
        else:
            found.append(CONTRACTED.sub("", low) + (" n't" if low.endswith(("n’t", "n't")) else ""))
    return found


@lru_cache(maxsize=256)
def features(sentence: str, kind: str, *, quoted: bool, spoken: bool) -> list[str]:
    """The names of the features that a sentence has. `kind` is what the rules say."""
    bare = ADDED.sub("", sentence)
    words = classes(bare)
    numbers = quantities(bare)
    found = {f"w:{word}" for word in words}
    found |= {f"b:{one} {other}" for one, other in zip(["<s>", *words], [*words, "</s>"], strict=True)}
    found |= {f"s:{word[:6]}" for word in words if len(word) > 6 and word[0] != "<"}
    found.add(f"rule:{kind}")
    found.add(f"numbers:{min(len(numbers), 3)}")
    found |= {
        f"unit:{'money' if q.unit and not q.unit.isalpha() and q.unit != '%' else q.unit or 'count'}"
        for q in numbers
    }
    found |= {f"bound:{q.bound}" for q in numbers}
    found.add("length:" + ("short" if len(words) < 6 else "middle" if len(words) < 16 else "long"))
    for flag, there in (
        ("quoted", quoted), ("spoken", spoken), ("question", sentence.rstrip("”\"' .").endswith("?")),
        ("first person", bool({"i", "we", "my", "our", "us", "me", "i’m", "we’re"} & set(words))),
        ("names", "<name>" in words), ("harm", bool(HARM & set(words))),
    ):  # fmt: skip
        if there:
            found.add(f"flag:{flag}")
    return sorted(found)
