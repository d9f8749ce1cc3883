"""Negation and antonyms: whether a passage says the opposite of a claim in otherwise the same words."""

from claims.matching.words import Word, stem, stems, words

NEGATIONS = frozenset(
    """not no never none cannot nobody nothing neither nor without hardly barely scarcely denied denies deny denying
    fails failed fail refused refuses refuse false falsely untrue lacks lacked unable declined""".split()
)
SCOPE = 7  # Words after a negation that it can reach.
BREAKS = frozenset("but although though while whereas however except".split())
_ANTONYMS = """
rise fall;rose fell;increase decrease;increase decline;increased decreased;increased declined;
grow shrink;grew shrank;higher lower;more fewer;more less;above below;before after;first last;win lose;
won lost;victory defeat;accept reject;accepted rejected;approve reject;approved rejected;support oppose;
supported opposed;allow ban;allowed banned;legal illegal;open closed;opened closed;guilty innocent;
convicted acquitted;alive dead;born died;male female;man woman;son daughter;brother sister;husband wife;
father mother;north south;east west;northern southern;eastern western;old young;older younger;
oldest youngest;largest smallest;biggest smallest;longest shortest;highest lowest;best worst;
success failure;successful unsuccessful;possible impossible;confirmed denied;present absent;enter leave;
entered left;joined left;public private;positive negative;agree disagree;agreed disagreed;agreed refused;
start end;started ended;began ended;majority minority;import export;buy sell;bought sold;hot cold;
early late;earlier later;love hate;loved hated;married divorced;married single;arrested released;
built destroyed;known unknown;true false;safe dangerous;peace war;raised lowered;hired fired;
appointed dismissed;appointed removed;succeeded preceded;predecessor successor;ally enemy;
maximum minimum;domestic foreign;amateur professional;same different;always never;all none;comedy drama;
fiction nonfiction
"""


def _pairs() -> frozenset[tuple[str, str]]:
    both: set[tuple[str, str]] = set()
    for pair in _ANTONYMS.replace("\n", " ").split(";"):
        one, _, other = pair.strip().rpartition(" ")
        both |= {(stem(one), stem(other)), (stem(other), stem(one))}
    return frozenset(both)


ANTONYMS = _pairs()


def is_negation(word: Word) -> bool:
    """Whether a token negates."""
    return word.lower in NEGATIONS or word.lower.endswith("n't")


def negated_stems(text: str) -> frozenset[str]:
    """The stems that stand within reach of an odd number of negations."""
    tokens = words(text)
    flipped: set[str] = set()
    for place, word in enumerate(tokens):
        if not is_negation(word):
            continue
        for reached in tokens[place + 1 : place + 1 + SCOPE]:
            if reached.lower in BREAKS or set(text[word.end : reached.start]) & set(".;:!?"):
                break
            flipped ^= {stem(reached.lower)}
    return frozenset(flipped)


def flips(claim: str, text: str) -> frozenset[str]:
    """The shared stems that are negated in one of the two and not in the other."""
    shared = frozenset(stems(claim)) & frozenset(stems(text))
    return shared & (negated_stems(claim) ^ negated_stems(text))


def opposites(claim: str, text: str) -> list[tuple[str, str]]:
    """Words of the claim, missing from the passage, whose antonym the passage has: (claim's, passage's)."""
    ours = {stem(word.lower): word.lower for word in words(claim)}
    theirs = {stem(word.lower): word.lower for word in words(text)}
    return [
        (ours[one], theirs[other])
        for one, other in sorted(ANTONYMS)
        if one in ours and one not in theirs and other in theirs and other not in ours
    ]
