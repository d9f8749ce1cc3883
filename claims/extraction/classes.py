"""Verbs by what they tell: a claim's verb often says its type where the words around it are new."""

from claims.extraction.speakers import stem

CLASSES: dict[str, str] = {
    "state": (
        "be have own hold contain include comprise consist belong live lie stand sit remain stay exist cover span face border serve "
        "house employ number count weigh measure cost last depend rely need lack know mean resemble match fit suit concern involve "
        "represent account make_up carry host operate run use work lead head chair manage oversee control supply provide sell produce "
        "make_of attract draw feature date stem border connect link rest base locate"
    ),
    "change": (
        "rise fall grow shrink increase decrease decline drop climb jump leap soar surge plunge plummet tumble slide slip sink slump "
        "ease edge inch slow accelerate widen narrow double triple quadruple halve swell dwindle expand contract gain lose improve "
        "worsen deteriorate recover rebound strengthen weaken firm appreciate depreciate outpace outnumber outstrip exceed surpass top "
        "beat overtake lag trail trim dip spike balloon creep mount diminish dwarf match lengthen shorten"
    ),
    "harm": (
        "kill die injure wound hurt maim drown perish burn shoot stab poison infect sicken hospitalise hospitalize collapse crush trap "
        "strand displace bury suffocate electrocute bleed survive rescue"
    ),
    "wrong": (
        "steal bribe lie mislead deceive cheat defraud embezzle falsify forge fake conceal hide withhold ignore neglect abuse assault "
        "attack threaten bully harass intimidate torture sabotage manipulate rig inflate overcharge underpay exploit discriminate obstruct "
        "block silence pressure pressur coerce loot smuggle launder divert pocket shred delete destroy tamper violate breach break dump "
        "pollute leak spy hack copy plagiarise evict rush mishandle mismanage waste squander dodge evade flout misuse misreport "
        "understate overstate doctor backdate fabricate stage provoke shell bomb raid ambush cross intrude fire"
    ),
    "procedure": (
        "arrest detain charge indict sue prosecute convict acquit sentence jail fine imprison extradite deport question interview search "
        "seize raid investigate open launch begin start close end suspend adjourn postpone delay hear try appeal file lodge submit "
        "register table introduce publish issue release announce present unveil reveal disclose sign approve pass adopt ratify vote elect "
        "appoint name nominate dismiss fire sack resign quit retire step replace succeed join leave hire recall withdraw order instruct "
        "evacuate deploy send dispatch rescue install build complete finish inaugurate buy acquire purchase sell merge award win"
    ),
    "motion": (
        "go come arrive leave depart travel fly drive sail walk march cross enter reach land take_off hit strike crash collide derail "
        "overturn capsize burst explode erupt flood sweep spread break catch happen occur take_place gather protest clash fight flee "
        "return meet visit attend move carry bring take put set hold"
    ),
    "future": "plan intend aim hope expect forecast project predict promise pledge vow schedule due want seek propose consider prepare",
    "stance": (
        "call urge demand offer back support oppose refuse reject welcome condemn criticise criticize endorse agree disagree appeal "
        "recommend warn ask insist favour favor resist threaten invite defend praise accept decline dispute question doubt"
    ),
    "rule": "require ban forbid prohibit allow permit oblige entitle exempt limit cap restrict tax subsidise fund allocate apply enforce",
    "proof": (
        "show prove confirm verify corroborate authenticate substantiate test detect find identify record document establish indicate "
        "suggest rest cite mention contain quote name state say"
    ),
    "deny": "deny refute rebut contradict",
}  # fmt: skip
BY_STEM: dict[str, tuple[str, ...]] = {}
for _name, _verbs in CLASSES.items():
    for _verb in _verbs.split():
        BY_STEM[stem(_verb)] = (*BY_STEM.get(stem(_verb), ()), _name)


def classes_of(verb: str) -> tuple[str, ...]:
    """The classes of a verb, given as its lemma; none for a verb of none."""
    return BY_STEM.get(stem(verb), ())
